package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import java.util.Collections;
import java.util.IdentityHashMap;
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

    /** Of the batch in hand: what is out already, and is not sent again when another outcome of it is refused. */
    private final Set<Outcome> out = Collections.newSetFromMap(new IdentityHashMap<>());

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
        send(settlement.outcomes());
        out.clear();
        try {
            consumer.commitSync(Offsets.of(settlement.next()));
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
            sends = new Sends(producer, outTopic, deadTopic);
            for (int i = 0; i < outcomes.size(); i++) {
                if (!out.contains(outcomes.get(i))) {
                    sends.send(i, outcomes.get(i));
                }
            }
            sends.await();
        } catch (RuntimeException e) {
            throw unsent(outcomes, sends, e);
        }
    }

    private CommitException unsent(List<Outcome> outcomes, Sends sends, RuntimeException failure) {
        if (sends == null) {
            return CommitException.none("there is no producer", failure);
        }
        CommitException unsent = Sends.orNone(sends, failure);
        if (unsent.effect() == CommitException.Effect.REFUSED) {
            sends.acknowledged().forEach(index -> out.add(outcomes.get(index)));
        } else {
            out.clear();
            close();
        }
        return unsent;
    }

    @Override
    public void close() {
        if (producer != null) {
            Quietly.close(producer);
            producer = null;
        }
    }
}
