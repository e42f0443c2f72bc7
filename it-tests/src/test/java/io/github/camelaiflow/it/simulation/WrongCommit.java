package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.Membership;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.delivery.kafka.CommitFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A right commit, used wrongly. */
final class WrongCommit implements Commit {

    /** What goes wrong. */
    @FunctionalInterface
    interface Way {
        void settle(WrongCommit commit, Settlement settlement) throws CommitException;
    }

    private final Way way;
    private final CommitFactory factory;
    private final int thread;
    private final Consumer<byte[], byte[]> consumer;
    private Commit right;

    private WrongCommit(Way way, CommitFactory factory, int thread, Consumer<byte[], byte[]> consumer) {
        this.way = way;
        this.factory = factory;
        this.thread = thread;
        this.consumer = consumer;
        right = factory.open(thread, consumer);
    }

    static CommitFactory of(CommitFactory factory, Way way) {
        return (thread, consumer) -> new WrongCommit(way, factory, thread, consumer);
    }

    @Override
    public boolean keepsOffsets() {
        return right.keepsOffsets();
    }

    @Override
    public Map<Partition, Long> positions(Set<Partition> partitions) throws Exception {
        return right.positions(partitions);
    }

    @Override
    public void settle(Settlement settlement) throws CommitException {
        way.settle(this, settlement);
    }

    @Override
    public void close() {
        right.close();
    }

    void rightly(Settlement settlement) throws CommitException {
        right.settle(settlement);
    }

    /** Polls on while it works, to stay a member, and asks for the membership when it commits. */
    void membershipAtCommit(Settlement settlement) throws CommitException {
        consumer.pause(consumer.assignment());
        ConsumerGroupMetadata now;
        try {
            consumer.poll(Duration.ofMillis(500));
            now = consumer.groupMetadata();
        } catch (KafkaException e) {
            throw CommitException.none("no poll", e);
        } finally {
            consumer.resume(consumer.assignment());
        }
        right.settle(new Settlement(
                settlement.outcomes(),
                settlement.first(),
                settlement.next(),
                new Membership(
                        now.groupId(),
                        now.generationId(),
                        now.memberId(),
                        now.groupInstanceId().orElse(null))));
    }

    /** Offsets, then outcomes. */
    void offsetsFirst(Settlement settlement) throws CommitException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        settlement
                .next()
                .forEach((partition, next) -> offsets.put(
                        new TopicPartition(partition.topic(), partition.number()), new OffsetAndMetadata(next)));
        try {
            consumer.commitSync(offsets);
        } catch (KafkaException e) {
            throw CommitException.none("no commit", e);
        }
        right.settle(settlement);
    }

    /** Without an answer it takes it that nothing happened, and does it again. */
    void silenceIsFailure(Settlement settlement) throws CommitException {
        try {
            right.settle(settlement);
        } catch (CommitException e) {
            throw e.effect() == CommitException.Effect.UNKNOWN ? CommitException.none("no answer", e) : e;
        }
    }

    /** Without an answer it takes it that all is well. */
    void silenceIsConsent(Settlement settlement) throws CommitException {
        try {
            right.settle(settlement);
        } catch (CommitException e) {
            if (e.effect() != CommitException.Effect.UNKNOWN) {
                throw e;
            }
        }
    }

    /** A dead letter that can't be sent is let go, so that the rest gets on. */
    void deadLettersMayFail(Settlement settlement) throws CommitException {
        try {
            right.settle(settlement);
        } catch (CommitException e) {
            List<Outcome> rest = settlement.outcomes().stream()
                    .filter(Outcome.Decision.class::isInstance)
                    .toList();
            if (e.effect() != CommitException.Effect.NONE
                    || rest.size() == settlement.outcomes().size()) {
                throw e;
            }
            right.settle(new Settlement(rest, settlement.first(), settlement.next(), settlement.membership()));
        }
    }

    /** Each try sends everything again. */
    void forgetsWhatIsOut(Settlement settlement) throws CommitException {
        try {
            right.settle(settlement);
        } catch (CommitException e) {
            right.close();
            right = factory.open(thread, consumer);
            throw e;
        }
    }
}
