package io.github.camelaiflow.delivery.kafka;

import static io.github.camelaiflow.delivery.kafka.FakeKafka.FIRST;
import static io.github.camelaiflow.delivery.kafka.FakeKafka.SECOND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.DeliveryLog;
import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Ledger;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.delivery.kafka.ThreadStatus.State;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One worker over clients that fail on order: nothing is lost, and with transactions nothing is doubled. */
class DeliveryWorkerTest {

    private static final String CANARY = "canary-4711";

    private final FakeKafka kafka = new FakeKafka();
    private final Ledger ledger = new Ledger();
    private final List<Integer> batches = new ArrayList<>();
    private BatchProcessor processor =
            batch -> batch.stream().map(DeliveryWorkerTest::decision).toList();

    private final DeliveryLog log = new DeliveryLog();

    /** Whatever fails, and however. */
    @AfterEach
    void noLogTellsAValue() {
        log.close();
        assertThat(log.lines()).noneMatch(line -> line.contains(CANARY));
    }

    static Outcome decision(Incoming record) {
        return new Decision(
                record.origin(), record.origin().decisionId("test"), record.key(), record.value(), List.of());
    }

    private static DeliveryConfig config(DeliveryMode mode, String instance) {
        return DeliveryConfig.of("claims")
                .brokers("nowhere:9092")
                .topics("in")
                .outTopic("out")
                .deadTopic("dead")
                .groupId("group")
                .instance(instance)
                .mode(mode)
                .properties(Map.of("max.poll.interval.ms", "60000"))
                .build();
    }

    private DeliveryWorker worker(DeliveryMode mode, String instance) {
        DeliveryConfig config = config(mode, instance);
        kafka.transactional = mode == DeliveryMode.EXACTLY_ONCE;
        BatchProcessor counted = batch -> {
            batches.add(batch.size());
            return processor.process(batch);
        };
        return new DeliveryWorker(
                config, 0, kafka, CommitFactory.of(config, kafka), counted, ledger, kafka, new SplittableRandom(7));
    }

    private DeliveryWorker worker() {
        return worker(DeliveryMode.EXACTLY_ONCE, null);
    }

    private void records(int first, int second) {
        for (int i = 0; i < first; i++) {
            kafka.log.get(FIRST).add(CANARY + "-a" + i);
        }
        for (int i = 0; i < second; i++) {
            kafka.log.get(SECOND).add(CANARY + "-b" + i);
        }
    }

    private static void steps(DeliveryWorker worker, int steps) {
        for (int i = 0; i < steps; i++) {
            worker.step();
        }
    }

    private List<String> all() {
        return Stream.of(FIRST, SECOND)
                .flatMap(partition -> kafka.log.get(partition).stream())
                .toList();
    }

    private void assertEachOnce() {
        assertThat(kafka.visibleIn("out")).containsExactlyInAnyOrderElementsOf(all());
        assertThat(kafka.committed)
                .containsEntry(FIRST, (long) kafka.log.get(FIRST).size());
        assertAccount();
    }

    private void assertAccount() {
        assertThat(ledger.account().gap()).isZero();
        assertThat(ledger.account().pending()).isZero();
        assertThat(ledger.account().decisions() + ledger.account().deadLetters())
                .isEqualTo(all().size());
    }

    @Test
    void aTopicThatIsMissingIsToldUntilItIsThere() {
        kafka.assignment = Set.of();
        DeliveryWorker worker = worker();
        steps(worker, 20);
        assertThat(worker.status().failures())
                .as("it may be about to get partitions")
                .isZero();
        steps(worker, 20);
        assertThat(worker.status().failures()).isPositive();
        assertThat(worker.status().lastFailure()).isEqualTo("poll: UnknownTopicOrPartitionException");

        records(2, 1);
        kafka.consumers.get(0).rebalance(Set.of(FIRST, SECOND));
        kafka.consumers.get(0).seek(FIRST, 0);
        kafka.consumers.get(0).seek(SECOND, 0);
        steps(worker, 20);
        assertEachOnce();
        long failures = worker.status().failures();
        steps(worker, 50);
        assertThat(worker.status().failures()).isEqualTo(failures);
        assertThat(worker.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aThreadWithoutPartitionsOfATopicThatIsThereHasNothingToTell() {
        kafka.assignment = Set.of();
        DeliveryWorker worker = worker();
        worker.step();
        kafka.consumers.get(0).updatePartitions("in", List.of(new PartitionInfo("in", 0, null, null, null)));
        steps(worker, 100);
        assertThat(worker.status().failures()).isZero();
    }

    @Test
    void aBatchAndItsOffsetsBecomeVisibleTogetherInOneStep() {
        records(3, 2);
        DeliveryWorker worker = worker();
        worker.step();
        assertEachOnce();
        assertThat(kafka.committed).isEqualTo(Map.of(FIRST, 3L, SECOND, 2L));
        assertThat(kafka.visible).allMatch(record -> record.headers().lastHeader("aiflow-decision-id") != null);
        assertThat(kafka.producers).singleElement().satisfies(producer -> {
            assertThat(producer.commitCount()).isEqualTo(1);
            assertThat(producer.sentAs().generationId()).isEqualTo(3);
        });
        assertThat(worker.status().state()).isEqualTo(State.RUNNING);
        assertThat(worker.status().partitions()).hasSize(2);
        assertThat(worker.status().lastCommit()).isNotNull();
    }

    static Stream<Arguments> faults() {
        Supplier<RuntimeException> timeout = () -> new TimeoutException("no answer");
        return Stream.of(
                Arguments.of("poll", (Supplier<RuntimeException>) () -> new TopicAuthorizationException("in")),
                Arguments.of("consumer", (Supplier<RuntimeException>) () -> new KafkaException("no address")),
                Arguments.of("producer", (Supplier<RuntimeException>) () -> new KafkaException("no address")),
                Arguments.of("init", timeout),
                Arguments.of("send", timeout),
                Arguments.of("offsets", timeout),
                Arguments.of("offsets", (Supplier<RuntimeException>) () -> new CommitFailedException("not a member")),
                Arguments.of("commit", timeout),
                Arguments.of("commit", (Supplier<RuntimeException>) () -> new ProducerFencedException("newer")),
                Arguments.of("commit", (Supplier<RuntimeException>) () -> new OutOfOrderSequenceException("gap")),
                Arguments.of("commit", (Supplier<RuntimeException>) () -> new IllegalStateException("a fault")));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("faults")
    void whateverFailsTheRecordsComeAgainAndAreDecidedOnce(String operation, Supplier<RuntimeException> failure) {
        records(3, 2);
        IntStream.range(0, 3).forEach(i -> kafka.fail(operation, failure));
        DeliveryWorker worker = worker();
        steps(worker, 60);
        assertEachOnce();
        assertThat(worker.status().failures()).isGreaterThanOrEqualTo(1);
        assertThat(ledger.account().lastRecovery()).isPositive();
        assertThat(worker.status().lastFailure()).doesNotContain(CANARY);
    }

    @Test
    void aCommitThatHappenedThoughItFailedIsNotDoneAgain() {
        records(3, 2);
        kafka.commitsBeforeItFails = true;
        kafka.fail("commit", () -> new TimeoutException("no answer"));
        kafka.fail("committed", () -> new TimeoutException("no answer"));
        DeliveryWorker worker = worker();
        steps(worker, 40);
        kafka.commitsBeforeItFails = false;
        records(1, 1);
        steps(worker, 40);
        assertEachOnce();
        assertThat(batches).containsExactly(5, 2);
        assertThat(kafka.producers).hasSize(2);
        assertThat(kafka.producers.get(0).closed()).isTrue();
    }

    @Test
    void aTransactionThatCanNotBeUndoneInOrderIsLeftToTheNextProducer() {
        records(3, 2);
        kafka.fail("offsets", () -> new TimeoutException("no answer"));
        kafka.fail("abort", () -> new KafkaException("in an error state"));
        DeliveryWorker worker = worker();
        steps(worker, 40);
        assertEachOnce();
        assertThat(kafka.producers).hasSize(2);
    }

    @Test
    void withoutAKnownMembershipNothingIsCommitted() {
        records(3, 0);
        kafka.group = new ConsumerGroupMetadata("group");
        DeliveryWorker worker = worker();
        steps(worker, 10);
        assertThat(kafka.visible).isEmpty();
        assertThat(kafka.committed).isEmpty();
        kafka.group = new ConsumerGroupMetadata("group", 4, "member", Optional.empty());
        steps(worker, 40);
        assertEachOnce();
    }

    @Test
    void theMembershipIsThatOfThePoll() {
        records(3, 0);
        DeliveryWorker worker = worker();
        BatchProcessor judged = processor;
        processor = batch -> {
            kafka.group = new ConsumerGroupMetadata("group");
            return judged.process(batch);
        };
        worker.step();
        assertThat(kafka.producers.get(0).sentAs().generationId()).isEqualTo(3);
        assertThat(kafka.producers.get(0).sentAs().memberId()).isEqualTo("member");
    }

    @Test
    void aFencedMemberConnectsAnewAfterSeconds() {
        records(3, 2);
        kafka.fail("poll", () -> new FencedInstanceIdException("another"));
        DeliveryWorker worker = worker(DeliveryMode.EXACTLY_ONCE, "one");
        worker.step();
        assertThat(kafka.consumers.get(0).closed()).isTrue();
        assertThat(worker.status().state()).isEqualTo(State.HOLDING);
        steps(worker, 60);
        assertEachOnce();
        assertThat(kafka.consumers).hasSize(2);
        assertThat(ledger.account().lastRecovery()).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(6));
    }

    @Test
    void whatCanNotBeJudgedIsAskedAboutAgainAndNothingBehindItBefore() {
        records(3, 2);
        BatchProcessor judged = processor;
        processor = batch -> {
            if (batches.size() < 4) {
                throw new IllegalStateException(CANARY);
            }
            return judged.process(batch);
        };
        DeliveryWorker worker = worker();
        steps(worker, 60);
        assertEachOnce();
        assertThat(batches).containsExactly(5, 5, 5, 5);
        assertThat(ledger.account().returned()).isEqualTo(15);
        assertThat(ledger.account().failures()).isEqualTo(Map.of("process", 3L));
        assertThat(worker.status().lastFailure()).isEqualTo("process: IllegalStateException");
        assertThat(log.lines()).anyMatch(line -> line.startsWith("DEBUG") && line.contains("\tat "));
    }

    @Test
    void outcomesMustBeThoseOfTheRecordsInOrder() {
        records(3, 0);
        List<List<Outcome>> wrong = new ArrayList<>();
        BatchProcessor judged = processor;
        processor = batch -> {
            List<Outcome> right = judged.process(batch);
            wrong.add(List.of(right.get(1), right.get(0), right.get(2)));
            wrong.add(right.subList(0, 2));
            wrong.add(null);
            return batches.size() <= 3 ? wrong.get(batches.size() - 1) : right;
        };
        DeliveryWorker worker = worker();
        steps(worker, 60);
        assertEachOnce();
        assertThat(batches).hasSize(4);
        assertThat(ledger.account().failures()).isEqualTo(Map.of("process", 3L));
    }

    @Test
    void aDecisionThatIsTooLargeBecomesADeadLetterAndItsNeighboursDoNot() {
        records(4, 1);
        kafka.largest = 100;
        processor = batch -> batch.stream()
                .map(record -> record.origin().offset() == 2
                        ? new Decision(record.origin(), "id", null, new byte[200], List.of())
                        : decision(record))
                .toList();
        DeliveryWorker worker = worker();
        worker.step();
        assertThat(kafka.visibleIn("out")).hasSize(4);
        assertThat(kafka.visibleIn("dead")).containsExactly(CANARY + "-a2");
        assertThat(kafka.visible.stream()
                        .filter(record -> record.topic().equals("dead"))
                        .map(record -> new String(
                                record.headers()
                                        .lastHeader("aiflow-error-reason")
                                        .value(),
                                UTF_8)))
                .containsExactly("RECORD_TOO_LARGE");
        assertThat(kafka.committed).isEqualTo(Map.of(FIRST, 4L, SECOND, 1L));
        assertAccount();
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryMode.class,
            names = {"EXACTLY_ONCE", "AT_LEAST_ONCE"})
    void aDeadLetterThatIsTooLargeLeavesItsValueWhereItCameFromAndHoldsNobody(DeliveryMode mode) {
        records(2, 0);
        kafka.log.get(FIRST).add("x".repeat(200));
        records(2, 1);
        kafka.largest = 100;
        processor = batch -> batch.stream()
                .map(record -> record.value().length > 100
                        ? new DeadLetter(record.origin(), null, record.value(), List.of())
                        : decision(record))
                .toList();
        DeliveryWorker worker = worker(mode, null);
        worker.step();
        assertThat(kafka.visibleIn("out")).hasSize(5);
        assertThat(kafka.visible.stream().filter(record -> record.topic().equals("dead")))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isNull();
                    assertThat(record.headers()
                                    .lastHeader("aiflow-error-omitted")
                                    .value())
                            .isEqualTo("value".getBytes(UTF_8));
                    assertThat(record.headers()
                                    .lastHeader("aiflow-error-digest")
                                    .value())
                            .isEqualTo(
                                    Sha256.of("x".repeat(200).getBytes(UTF_8)).getBytes(UTF_8));
                });
        assertThat(kafka.committed).isEqualTo(Map.of(FIRST, 5L, SECOND, 1L));
        assertThat(worker.status().failures()).isZero();
        assertAccount();
    }

    /** Kafka's client fails by the same exception what it had not sent yet. */
    @Test
    void whatIsTooLargeTakesNothingAlongThatWasWaitingBesideIt() {
        records(2, 0);
        kafka.log.get(FIRST).add("x".repeat(200));
        records(2, 1);
        kafka.largest = 100;
        kafka.lingers = true;
        processor = batch -> batch.stream()
                .map(record -> record.value().length > 100 || record.origin().offset() == 0
                        ? new DeadLetter(record.origin(), null, record.value(), List.of())
                        : decision(record))
                .toList();
        DeliveryWorker worker = worker();
        worker.step();
        assertThat(kafka.visibleIn("out")).hasSize(3);
        assertThat(kafka.visibleIn("dead")).containsExactlyInAnyOrder(CANARY + "-a0", null, CANARY + "-b0");
        assertAccount();
    }

    @Test
    void aDecisionWhoseRecordIsTooLargeForItsDeadLetterTooHoldsNobody() {
        kafka.log.get(FIRST).add("x".repeat(200));
        kafka.largest = 100;
        DeliveryWorker worker = worker();
        worker.step();
        assertThat(kafka.visible).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("dead");
            assertThat(record.value()).isNull();
            assertThat(record.headers().lastHeader("aiflow-error-stage").value())
                    .isEqualTo("commit".getBytes(UTF_8));
        });
        assertAccount();
    }

    @Test
    void aKeyThatNoTopicTakesIsLeftOutToo() {
        records(1, 0);
        kafka.largest = 70_000;
        processor = batch -> batch.stream()
                .<Outcome>map(record -> new DeadLetter(record.origin(), new byte[80_000], record.value(), List.of()))
                .toList();
        DeliveryWorker worker = worker();
        worker.step();
        assertThat(kafka.visible).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.value()).isNull();
            assertThat(new String(
                            record.headers().lastHeader("aiflow-error-omitted").value(), UTF_8))
                    .isEqualTo("value,key");
            assertThat(record.headers().lastHeader("aiflow-error-digest")).isNotNull();
        });
        assertAccount();
    }

    @Test
    void aDeadLetterOfWhichNothingIsLeftToLeaveOutHoldsTheRecordsBehindIt() {
        records(2, 0);
        kafka.largest = 5;
        processor = batch -> batch.stream()
                .<Outcome>map(record -> new DeadLetter(record.origin(), record.value(), record.value(), List.of()))
                .toList();
        DeliveryWorker worker = worker();
        steps(worker, 30);
        assertThat(kafka.visible).isEmpty();
        assertThat(kafka.committed).isEmpty();
        assertThat(worker.status().state()).isEqualTo(State.HOLDING);
        kafka.largest = 1000;
        steps(worker, 30);
        assertThat(kafka.visibleIn("dead")).hasSize(2);
        assertAccount();
    }

    @Test
    void atLeastOnceCommitsOffsetsOnlyAfterAllOutcomesAreOut() {
        records(3, 2);
        kafka.fail("send", () -> new TimeoutException("no answer"));
        kafka.fail("commitSync", () -> new TimeoutException("no answer"));
        DeliveryWorker worker = worker(DeliveryMode.AT_LEAST_ONCE, null);
        steps(worker, 60);
        assertThat(kafka.visibleIn("out")).containsAll(all()).hasSize(5);
        assertThat(kafka.committed).isEqualTo(Map.of(FIRST, 3L, SECOND, 2L));
        assertAccount();
    }

    @Test
    void atLeastOnceDoublesNothingForANeighbourThatIsTooLarge() {
        records(4, 0);
        kafka.largest = 100;
        processor = batch -> batch.stream()
                .map(record -> record.origin().offset() == 2
                        ? new Decision(record.origin(), "id", null, new byte[200], List.of())
                        : decision(record))
                .toList();
        DeliveryWorker worker = worker(DeliveryMode.AT_LEAST_ONCE, null);
        worker.step();
        assertThat(kafka.visibleIn("out")).hasSize(3);
        assertThat(kafka.visibleIn("dead")).hasSize(1);
        assertAccount();
    }

    @Test
    void aBatchThatTakesLongerThanTheGroupWaitsIsTakenInHalves() {
        records(8, 0);
        BatchProcessor judged = processor;
        processor = batch -> {
            kafka.sleep(Duration.ofSeconds(15).multipliedBy(batch.size()));
            return judged.process(batch);
        };
        kafka.fail("offsets", () -> new CommitFailedException("not a member"));
        DeliveryWorker worker = worker();
        steps(worker, 60);
        assertEachOnce();
        assertThat(batches).containsExactly(8, 4, 4);
    }

    @Test
    void aBatchThatIsNotCommittedInTimeIsTakenInHalvesUntilItIs() {
        records(8, 0);
        kafka.mostInTime = 2;
        DeliveryWorker worker = worker();
        steps(worker, 100);
        assertEachOnce();
        assertThat(batches).as("it grows only where it was committed").containsExactly(8, 4, 2, 4, 2, 4, 2, 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitException.Effect.class,
            names = {"NONE", "UNKNOWN"})
    void soItIsWhereAStoreIsTooSlow(CommitException.Effect effect) {
        records(5, 0);
        FakeStore store = new FakeStore(effect);
        steps(worker(store), 100);
        assertThat(store.sizes).startsWith(5, 2, 1).endsWith(1);
        assertThat(store.offsets).isEqualTo(Map.of(new Partition("in", 0), 5L));
        assertAccount();
    }

    @Test
    void whereAStoreHasNothingYetTheGroupsOffsetCounts() {
        records(5, 3);
        kafka.committed.put(FIRST, 3L);
        FakeStore store = new FakeStore(null);
        steps(worker(store), 10);
        assertThat(store.sizes)
                .as("of one partition those that are left, of the other all")
                .containsExactly(2 + 3);
        assertThat(store.offsets).isEqualTo(Map.of(new Partition("in", 0), 5L, new Partition("in", 1), 3L));
        assertThat(kafka.committed).as("shown").isEqualTo(Map.of(FIRST, 5L, SECOND, 3L));

        FakeStore another = new FakeStore(null);
        steps(worker(another), 10);
        assertThat(another.sizes).as("what was only shown doesn't count").containsExactly(5 + 3);
    }

    @Test
    void wherePartitionsStandIsAskedUntilTheGroupTells() {
        records(5, 3);
        kafka.committed.putAll(Map.of(FIRST, 3L, SECOND, 3L));
        kafka.fail("committed", () -> new TimeoutException("no answer"));
        FakeStore store = new FakeStore(null);
        steps(worker(store), 20);
        assertThat(store.sizes).containsExactly(2);
    }

    private DeliveryWorker worker(Commit store) {
        return new DeliveryWorker(
                config(DeliveryMode.DATABASE, null),
                0,
                kafka,
                (thread, consumer) -> store,
                batch -> batch.stream().map(DeliveryWorkerTest::decision).toList(),
                ledger,
                kafka,
                new SplittableRandom(7));
    }

    private static final class FakeStore implements Commit {

        private final CommitException.Effect effect;
        private final List<Integer> sizes = new ArrayList<>();
        private final Map<Partition, Long> offsets = new HashMap<>();

        /** @param effect of settling more than one outcome at a time; null if it takes them */
        FakeStore(CommitException.Effect effect) {
            this.effect = effect;
        }

        @Override
        public boolean keepsOffsets() {
            return true;
        }

        @Override
        public Map<Partition, Long> positions(Set<Partition> partitions) {
            return Map.copyOf(offsets);
        }

        @Override
        public void settle(Settlement settlement) throws CommitException {
            sizes.add(settlement.outcomes().size());
            if (effect != null && settlement.outcomes().size() > 1) {
                StoreException away = new StoreException("too slow", null);
                throw effect == CommitException.Effect.NONE
                        ? CommitException.none("too slow", away)
                        : CommitException.unknown("too slow", away);
            }
            offsets.putAll(settlement.next());
        }

        @Override
        public void close() {}
    }

    @Test
    void partitionsThatGoWhileItHoldsAreLeftAlone() {
        records(3, 2);
        kafka.commitsBeforeItFails = true;
        kafka.fail("commit", () -> new TimeoutException("no answer"));
        DeliveryWorker worker = worker();
        worker.step();
        kafka.consumers.get(0).rebalance(List.of(FIRST));
        steps(worker, 40);
        assertThat(kafka.visible).hasSize(5);
        assertThat(worker.status().partitions()).hasSize(1);
        assertThat(ledger.account().gap()).isZero();
        assertThat(ledger.account().pending()).isZero();
    }

    @Test
    void whatIsAbandonedIsNotCommitted() {
        records(3, 2);
        DeliveryWorker worker = worker();
        BatchProcessor judged = processor;
        processor = batch -> {
            worker.abandon();
            return judged.process(batch);
        };
        worker.run();
        assertThat(kafka.visible).isEmpty();
        assertThat(kafka.committed).isEmpty();
        assertThat(ledger.account().pending()).isZero();
        assertThat(worker.status().state()).isEqualTo(State.STOPPED);
        assertThat(kafka.consumers.get(0).closed()).isTrue();
    }

    @Test
    void whenStoppedTheBatchInHandIsFinished() {
        records(3, 2);
        DeliveryWorker worker = worker();
        BatchProcessor judged = processor;
        processor = batch -> {
            worker.stop();
            return judged.process(batch);
        };
        worker.run();
        assertEachOnce();
        assertThat(kafka.producers.get(0).closed()).isTrue();
        assertThat(kafka.consumers.get(0).closed()).isTrue();
    }
}
