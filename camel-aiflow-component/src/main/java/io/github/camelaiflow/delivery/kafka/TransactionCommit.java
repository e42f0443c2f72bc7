package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.Membership;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Exactly once: outcomes and offsets in one Kafka transaction. A producer about whose transaction anything is unsure is thrown away; the next
 * one with its transactional id settles what it left.
 */
final class TransactionCommit implements Commit {

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String outTopic;
    private final String deadTopic;
    private Producer<byte[], byte[]> producer;

    TransactionCommit(
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
        open();
        return Offsets.committed(consumer, partitions);
    }

    /** The producer; a new one first ends what the one before left open. */
    private Producer<byte[], byte[]> open() {
        if (producer == null) {
            Producer<byte[], byte[]> fresh = producers.get();
            try {
                fresh.initTransactions();
            } catch (RuntimeException e) {
                fresh.close(Duration.ZERO);
                throw e;
            }
            producer = fresh;
        }
        return producer;
    }

    @Override
    public void settle(Settlement settlement) throws CommitException {
        if (!settlement.membership().known()) {
            throw CommitException.none("the group's membership was lost while records were taken", null);
        }
        send(settlement);
        try {
            producer.commitTransaction();
        } catch (RuntimeException e) {
            close();
            throw CommitException.unknown("it is unsure whether the transaction was committed", e);
        }
    }

    private void send(Settlement settlement) throws CommitException {
        Sends sends = null;
        try {
            sends = new Sends(open(), outTopic, deadTopic, true);
            producer.beginTransaction();
            List<Outcome> outcomes = settlement.outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                sends.send(i, outcomes.get(i));
            }
            sends.await();
            producer.sendOffsetsToTransaction(Offsets.of(settlement.next()), group(settlement.membership()));
        } catch (FencedInstanceIdException e) {
            close();
            throw CommitException.fenced("the group knows another member by this one's name", e);
        } catch (RuntimeException e) {
            throw undone(sends, e);
        }
    }

    private static ConsumerGroupMetadata group(Membership membership) {
        return new ConsumerGroupMetadata(
                membership.group(),
                membership.generation(),
                membership.member(),
                Optional.ofNullable(membership.instance()));
    }

    /** No commit was asked for, so nothing of it becomes visible; what fails here is only whether this producer can go on. */
    private CommitException undone(Sends sends, RuntimeException failure) {
        if (sends == null) {
            return CommitException.none("no transaction could be begun", failure);
        }
        CommitException undone = Sends.orNone(sends, failure);
        if (failure instanceof TimeoutException) {
            // what was not answered may still arrive, and must not find the next transaction of the same epoch
            close();
            return CommitException.unknown("the transaction was not answered in time", failure);
        }
        try {
            producer.abortTransaction();
            return undone;
        } catch (RuntimeException e) {
            close();
            return undone.effect() == CommitException.Effect.REFUSED
                    ? undone
                    : CommitException.unknown("the transaction could not be undone in order", failure);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            Quietly.close(producer);
            producer = null;
        }
    }
}
