package io.github.camelaiflow.delivery.kafka;

import static io.github.camelaiflow.delivery.kafka.FakeKafka.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Ledger;
import io.github.camelaiflow.delivery.Membership;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.Decision;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is out and not committed is not sent again, as long as it is about the same records. */
class AcknowledgedCommitTest {

    private static final Partition PARTITION = new Partition("in", 0);

    private final FakeKafka kafka = new FakeKafka();
    private AcknowledgedCommit commit;

    @BeforeEach
    void open() {
        kafka.transactional = false;
        commit = new AcknowledgedCommit(kafka.consumer(0), () -> kafka.producer(0), "out", "dead");
    }

    private static Settlement records(String value, long first, long next) {
        List<Outcome> outcomes = LongStream.range(first, next)
                .<Outcome>mapToObj(offset -> new Decision(
                        new Origin("in", 0, offset),
                        "id" + offset,
                        null,
                        (value + offset).getBytes(StandardCharsets.UTF_8),
                        List.of()))
                .toList();
        return new Settlement(
                outcomes, Map.of(PARTITION, first), Map.of(PARTITION, next), new Membership("group", 3, "m", null));
    }

    /** All are out when the offsets can't be committed. */
    private void leftOut(Settlement settlement) {
        kafka.fail("commitSync", () -> new TimeoutException("no answer"));
        assertThatThrownBy(() -> commit.settle(settlement)).isInstanceOf(CommitException.class);
    }

    @Test
    void theSameRecordsAreNotSentTwice() throws Exception {
        leftOut(records("a", 5, 8));
        commit.settle(records("a", 5, 9));
        assertThat(kafka.visibleIn("out")).containsExactly("a5", "a6", "a7", "a8");
    }

    @Test
    void aPositionThatHasMovedBackLeadsToOtherRecords() throws Exception {
        leftOut(records("a", 5, 8));
        commit.settle(records("b", 0, 8));
        assertThat(kafka.visibleIn("out"))
                .containsExactly("a5", "a6", "a7", "b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7");
    }

    @Test
    void ofAPartitionThatWasTakenAwayNothingIsRemembered() throws Exception {
        leftOut(records("a", 5, 8));
        commit.assigned(Set.of(PARTITION));
        commit.assigned(Set.of(new Partition("in", 1)));
        commit.assigned(Set.of(PARTITION));
        commit.settle(records("b", 5, 8));
        assertThat(kafka.visibleIn("out")).containsExactly("a5", "a6", "a7", "b5", "b6", "b7");
    }

    @Test
    void aPartitionThatStaysIsRemembered() throws Exception {
        leftOut(records("a", 5, 8));
        commit.assigned(Set.of(PARTITION, new Partition("in", 1)));
        commit.settle(records("a", 5, 8));
        assertThat(kafka.visibleIn("out")).containsExactly("a5", "a6", "a7");
    }

    @Test
    void aBatchThatIsSmallerThanTheOneBeforeLeavesTheRestRemembered() throws Exception {
        leftOut(records("a", 5, 8));
        commit.settle(records("a", 5, 6));
        commit.settle(records("a", 6, 9));
        assertThat(kafka.visibleIn("out")).containsExactly("a5", "a6", "a7", "a8");
    }

    @Test
    void whatIsCommittedIsNotRemembered() throws Exception {
        commit.settle(records("a", 5, 8));
        commit.settle(records("b", 5, 8));
        assertThat(kafka.visibleIn("out")).containsExactly("a5", "a6", "a7", "b5", "b6", "b7");
    }

    @Test
    void aWorkerForgetsWithTheAssignment() {
        DeliveryConfig config = DeliveryConfig.of("claims")
                .brokers("nowhere:9092")
                .topics("in")
                .outTopic("out")
                .deadTopic("dead")
                .groupId("group")
                .mode(DeliveryMode.AT_LEAST_ONCE)
                .build();
        DeliveryWorker worker = new DeliveryWorker(
                config,
                0,
                kafka,
                CommitFactory.of(config, kafka),
                batch -> batch.stream().map(DeliveryWorkerTest::decision).toList(),
                new Ledger(),
                kafka,
                new SplittableRandom(7));
        kafka.log.get(FIRST).addAll(List.of("a0", "a1"));
        kafka.fail("commitSync", () -> new TimeoutException("no answer"));
        worker.step();
        assertThat(kafka.visibleIn("out")).containsExactly("a0", "a1");

        // Somebody else has the partition; then the topic is made anew, and the partition comes back
        FakeKafka.FakeConsumer consumer = kafka.consumers.get(1);
        consumer.rebalance(Set.of());
        kafka.log.get(FIRST).clear();
        kafka.log.get(FIRST).addAll(List.of("b0", "b1"));
        consumer.rebalance(Set.of(FIRST));
        consumer.seek(FIRST, 0);
        for (int i = 0; i < 60; i++) {
            worker.step();
        }

        assertThat(kafka.visibleIn("out")).containsExactly("a0", "a1", "b0", "b1");
    }
}
