package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/** At least once: all outcomes are acknowledged, then offsets are committed. */
final class AcknowledgedCommit implements Commit {

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String outTopic;
    private final String deadTopic;
    private Producer<byte[], byte[]> producer;

    /**
     * By partition, what is out but not committed. As often as these records come again, they are not sent again: a topic that refuses for
     * an hour would multiply all that is sent to another. At most one batch a partition, and none that isn't ours.
     */
    private final Map<Partition, Out> out = new HashMap<>();

    AcknowledgedCommit(
            Consumer<byte[], byte[]> consumer,
            Supplier<Producer<byte[], byte[]>> producers,
            String outTopic,
            String deadTopic) {
        this.consumer = consumer;
        this.producers = producers;
        this.outTopic = outTopic;
        this.deadTopic = deadTopic;
    }

    @Override
    public Map<Partition, Long> positions(Set<Partition> partitions) {
        return Offsets.committed(consumer, partitions);
    }

    @Override
    public void settle(Settlement settlement) throws CommitException {
        settlement.first().forEach(this::begin);
        send(settlement.outcomes());
        try {
            consumer.commitSync(Offsets.of(settlement.next()));
            settlement.next().forEach(this::begin);
            out.values().removeIf(one -> one.offsets.isEmpty());
        } catch (FencedInstanceIdException e) {
            throw CommitException.fenced("the group knows another member by this one's name", e);
        } catch (RuntimeException e) {
            throw CommitException.unknown("it is unsure whether the offsets were committed", e);
        }
    }

    private void send(List<Outcome> outcomes) throws CommitException {
        Sends sends = null;
        try {
            if (producer == null) {
                producer = producers.get();
            }
            sends = new Sends(producer, outTopic, deadTopic, false);
            for (int i = 0; i < outcomes.size(); i++) {
                if (!isOut(outcomes.get(i).origin())) {
                    sends.send(i, outcomes.get(i));
                }
            }
            sends.await();
            outcomes.forEach(this::isOutNow);
        } catch (RuntimeException e) {
            throw unsent(outcomes, sends, e);
        }
    }

    private CommitException unsent(List<Outcome> outcomes, Sends sends, RuntimeException failure) {
        if (sends == null) {
            return CommitException.none("there is no producer", failure);
        }
        sends.acknowledged().forEach(index -> isOutNow(outcomes.get(index)));
        CommitException unsent = Sends.orNone(sends, failure);
        if (unsent.effect() != CommitException.Effect.REFUSED) {
            close();
        }
        return unsent;
    }

    /** Offsets of records that are out, and the first that isn't committed. */
    private record Out(long first, Set<Long> offsets) {}

    /** A position that has moved back leads to other records: of a topic made anew, or of a group that was set back. */
    private void begin(Partition partition, long first) {
        Out before = out.remove(partition);
        Set<Long> offsets = before == null || first < before.first ? new HashSet<>() : before.offsets;
        offsets.removeIf(offset -> offset < first);
        out.put(partition, new Out(first, offsets));
    }

    private boolean isOut(Origin origin) {
        return out.get(Partition.of(origin)).offsets.contains(origin.offset());
    }

    private void isOutNow(Outcome outcome) {
        Origin origin = outcome.origin();
        out.get(Partition.of(origin)).offsets.add(origin.offset());
    }

    @Override
    public void assigned(Set<Partition> partitions) {
        out.keySet().retainAll(partitions);
    }

    @Override
    public void close() {
        if (producer != null) {
            Quietly.close(producer);
            producer = null;
        }
    }
}
