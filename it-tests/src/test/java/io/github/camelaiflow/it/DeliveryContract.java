package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Ledger;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.delivery.kafka.KafkaDelivery;
import io.github.camelaiflow.delivery.kafka.ThreadStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Exactly-once delivery on a broker: whatever happens to threads, instances and the broker, each record has one visible outcome. */
@Tag("promise")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private final KafkaBroker broker;

    DeliveryContract(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeAll
    void start() {
        broker.start();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void instancesComeAndGoWhileRecordsFlow() throws Exception {
        try (DeliveryBench bench = bench("rebalance").withTopics(6)) {
            DeliveryConfig config =
                    bench.config().consumersCount(2).maxPollRecords(20).build();
            bench.start(config, slowly(5));
            for (int i = 0; i < 6; i++) {
                bench.send(400);
                KafkaDelivery other = bench.start(config, slowly(5));
                sendUntil(bench, () -> takesPart(other));
                other.stop(PATIENCE);
            }
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
            Ledger.Account account = bench.ledger.account();
            // a commit that was answered too late is counted by who read its records, as given back
            assertThat(account.in()).isBetween(bench.sent() - account.returned(), (long) bench.sent());
        }
    }

    private static void sendUntil(DeliveryBench bench, BooleanSupplier done) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            bench.send(60);
            return done.getAsBoolean();
        });
    }

    private static boolean takesPart(KafkaDelivery delivery) {
        return delivery.status().stream()
                .anyMatch(thread -> !thread.partitions().isEmpty() && thread.lastCommit() != null);
    }

    @Test
    void namedInstancesAreRestartedWhileRecordsFlow() throws Exception {
        try (DeliveryBench bench = bench("static").withTopics(4)) {
            bench.start(bench.config().instance("one").maxPollRecords(20).build(), slowly(5));
            DeliveryConfig second =
                    bench.config().instance("two").maxPollRecords(20).build();
            KafkaDelivery restarted = bench.start(second, slowly(5));
            for (int i = 0; i < 5; i++) {
                bench.send(300);
                KafkaDelivery now = restarted;
                sendUntil(bench, () -> takesPart(now));
                restarted.stop(i % 2 == 0 ? PATIENCE : Duration.ZERO);
                restarted = bench.start(second, slowly(5));
            }
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
        }
    }

    @Test
    void aZombieThatWakesAfterItsPartitionsWereTakenCommitsNothing() throws Exception {
        try (DeliveryBench bench = bench("zombie").withTopics(3)) {
            DeliveryConfig config = bench.config()
                    .maxPollRecords(50)
                    .properties(Map.of("max.poll.interval.ms", "7000"))
                    .build();
            bench.send(600);
            CountDownLatch held = new CountDownLatch(1);
            AtomicInteger heldRecords = new AtomicInteger();
            KafkaDelivery zombie = bench.start(config, batch -> {
                heldRecords.addAndGet(batch.size());
                held.await();
                return DeliveryBench.judge(batch);
            });
            await().atMost(PATIENCE).until(() -> heldRecords.get() > 0);
            bench.start(config, DeliveryBench::judge);
            bench.awaitAll();
            held.countDown();
            await().atMost(PATIENCE).until(() -> failures(zombie) > 0);
            bench.send(300);
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
        }
    }

    @Test
    void aZombieThatWakesInsideItsTransactionCommitsNothing() throws Exception {
        try (DeliveryBench bench = bench("zombie-commit").withTopics(3)) {
            DeliveryConfig config = bench.config()
                    .maxPollRecords(50)
                    .transactionTimeout(Duration.ofSeconds(3))
                    .properties(Map.of("max.poll.interval.ms", "7000"))
                    .build();
            bench.send(600);
            HeldCommits held = new HeldCommits(KafkaClients.of(config, "zombie"));
            KafkaDelivery zombie = bench.start(config, held);
            await().atMost(PATIENCE).until(held::isHolding);
            bench.start(config, DeliveryBench::judge);
            bench.awaitAll();
            held.release();
            await().atMost(PATIENCE).until(() -> failures(zombie) > 0);
            bench.send(300);
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
        }
    }

    @Test
    void atLeastOnceLosesNothingAndCopiesCarryTheSameDecisionId() throws Exception {
        try (DeliveryBench bench = bench("at-least-once").withTopics(4)) {
            DeliveryConfig config = bench.config()
                    .mode(DeliveryMode.AT_LEAST_ONCE)
                    .maxPollRecords(20)
                    .build();
            bench.start(config, slowly(5));
            for (int i = 0; i < 4; i++) {
                bench.send(200);
                KafkaDelivery other = bench.start(config, slowly(5));
                sendUntil(bench, () -> takesPart(other));
                other.stop(i % 2 == 0 ? PATIENCE : Duration.ZERO);
            }
            await().atMost(PATIENCE).until(() -> bench.decidedIds().size() == bench.sent());
            bench.stop();
            assertThat(bench.decidedIds().values()).allMatch(ids -> ids.size() == 1);
            assertThat(bench.visible() - bench.sent())
                    .isBetween(0, (int) bench.ledger.account().returned());
        }
    }

    private static long failures(KafkaDelivery delivery) {
        return delivery.status().stream().mapToLong(ThreadStatus::failures).sum();
    }

    @Test
    void theBrokerIsRestartedWhileRecordsFlow() throws Exception {
        try (DeliveryBench bench = bench("restart").withTopics(3)) {
            bench.start(bench.config().consumersCount(2).maxPollRecords(10).build(), slowly(2));
            for (int i = 0; i < 2; i++) {
                int seen = bench.visible();
                bench.send(1_000);
                await().atMost(PATIENCE).until(() -> bench.visible() > seen);
                broker.restart();
            }
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
        }
    }

    @Test
    void twoInstancesOfOneNameLoseAndDoubleNothingAndSayWhoTheyAre() throws Exception {
        try (DeliveryBench bench = bench("same-name").withTopics(2)) {
            DeliveryConfig config =
                    bench.config().instance("same").maxPollRecords(10).build();
            KafkaDelivery first = bench.start(config, slowly(5));
            bench.send(500);
            await().atMost(PATIENCE).until(() -> takesPart(first));
            bench.start(config, slowly(5));
            await().atMost(PATIENCE).until(() -> fenced(first));
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
        }
    }

    /** Fenced, it waits for seconds before it tries again: so long it says so. */
    private static boolean fenced(KafkaDelivery delivery) {
        String failure = delivery.status().get(0).lastFailure();
        return failure != null && failure.contains("Fenced");
    }

    @Test
    void withoutTheDeadLetterTopicNothingAdvancesUntilItIsThere() throws Exception {
        try (DeliveryBench bench = bench("dead-missing")) {
            bench.client.createTopics(1, bench.in, bench.out);
            KafkaDelivery delivery = bench.start(
                    bench.config().properties(Map.of("max.block.ms", "1000")).build(), DeliveryBench::judge);
            bench.send(100);
            await().atMost(PATIENCE).until(() -> failures(delivery) > 1);
            assertThat(bench.client.readAll(bench.out)).isEmpty();
            assertThat(bench.client.committed(bench.name)).isEmpty();
            await().atMost(PATIENCE).until(() -> delivery.status().get(0).state() == ThreadStatus.State.HOLDING);
            bench.client.createTopics(1, bench.dead);
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
        }
    }

    @Test
    void aDecisionThatIsTooLargeBecomesADeadLetterAlone() throws Exception {
        try (DeliveryBench bench = bench("too-large").withTopics(1)) {
            bench.send(60);
            BatchProcessor inflating = batch -> batch.stream()
                    .map(record -> DeliveryBench.id(record.value()) == 20
                            ? new Outcome.Decision(
                                    record.origin(), "large", record.key(), new byte[2_000_000], List.of())
                            : DeliveryBench.judge(record))
                    .toList();
            bench.start(bench.config().build(), inflating);
            bench.awaitAll();
            bench.stop();
            assertThat(bench.client.readAll(bench.out)).hasSize(55);
            var dead = bench.client.readAll(bench.dead).stream()
                    .filter(record -> DeliveryBench.id(record.value()) == 20)
                    .toList();
            assertThat(dead).singleElement().satisfies(record -> {
                assertThat(record.headers().lastHeader("aiflow-error-stage").value())
                        .isEqualTo("commit".getBytes(UTF_8));
                assertThat(record.headers().lastHeader("aiflow-error-reason").value())
                        .isEqualTo("RECORD_TOO_LARGE".getBytes(UTF_8));
            });
            bench.assertAccount();
        }
    }

    /** The broker measures what is sent: 5 MB of blanks are 5 kB there, and 5 MB here. */
    @Test
    void aRecordThatIsTooLargeOnceItIsUnpackedHoldsNobody() throws Exception {
        try (DeliveryBench bench = bench("bomb").withTopics(1)) {
            byte[] blanks = " ".repeat(5 << 20).getBytes(UTF_8);
            bench.send(30);
            try (var producer = bench.client.producer(
                    Map.of("compression.type", "gzip", "max.request.size", 8 << 20, "buffer.memory", 32L << 20))) {
                producer.send(new ProducerRecord<>(bench.in, "key", blanks)).get();
            }
            bench.send(30);
            bench.start(bench.config().build(), batch -> batch.stream()
                    .map(record -> record.value().length > 100
                            ? new Outcome.DeadLetter(record.origin(), record.key(), record.value(), record.headers())
                            : DeliveryBench.judge(record))
                    .toList());
            await().atMost(PATIENCE).until(() -> bench.visible() == 61);
            bench.stop();
            assertThat(bench.client.readAll(bench.dead).stream().filter(record -> record.value() == null))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.key()).isEqualTo("key");
                        assertThat(record.headers()
                                        .lastHeader("aiflow-error-omitted")
                                        .value())
                                .isEqualTo("value".getBytes(UTF_8));
                        assertThat(record.headers()
                                        .lastHeader("aiflow-error-digest")
                                        .value())
                                .isEqualTo(Sha256.of(blanks).getBytes(UTF_8));
                    });
            bench.assertAccount();
        }
    }

    @Test
    void whatCanNotBeJudgedWaitsAndComesAgain() throws Exception {
        try (DeliveryBench bench = bench("judge-away").withTopics(2)) {
            AtomicBoolean away = new AtomicBoolean(true);
            KafkaDelivery delivery = bench.start(bench.config().build(), batch -> {
                if (away.get()) {
                    throw new IllegalStateException("away");
                }
                return DeliveryBench.judge(batch);
            });
            bench.send(200);
            await().atMost(PATIENCE).until(() -> failures(delivery) > 2);
            assertThat(bench.visible()).isZero();
            away.set(false);
            bench.awaitAll();
            bench.stop();
            bench.assertNothingLostNothingDoubled();
            bench.assertAccount();
            assertThat(bench.ledger.account().longestRecovery()).isPositive();
        }
    }

    /** Why the membership is kept from the poll: brokers take offsets of a group from anybody who names no member. */
    @Test
    void aBrokerTakesOffsetsWithoutAMembershipFromAnybodyAndRefusesThoseOfAnOldOne() throws Exception {
        try (DeliveryBench bench = bench("fencing").withTopics(1)) {
            bench.send(10);
            bench.start(bench.config().build(), DeliveryBench::judge);
            bench.awaitAll();
            TopicPartition partition = new TopicPartition(bench.in, 0);
            ConsumerGroupMetadata nobody = new ConsumerGroupMetadata(bench.name);
            ConsumerGroupMetadata old = new ConsumerGroupMetadata(bench.name, 1, "gone", Optional.empty());
            assertThat(commits(bench, old, partition, 3)).contains("CommitFailedException");
            assertThat(bench.client.committed(bench.name)).containsEntry(partition, 10L);
            assertThat(commits(bench, nobody, partition, 3)).isEqualTo("committed");
            assertThat(bench.client.committed(bench.name)).containsEntry(partition, 3L);
        }
    }

    private static String commits(
            DeliveryBench bench, ConsumerGroupMetadata as, TopicPartition partition, long offset) {
        try (var producer = bench.client.producer(Map.of("transactional.id", bench.name + "-stranger"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(bench.out, "key", "0".getBytes(UTF_8)));
            try {
                producer.sendOffsetsToTransaction(new HashMap<>(Map.of(partition, new OffsetAndMetadata(offset))), as);
                producer.commitTransaction();
                return "committed";
            } catch (RuntimeException e) {
                producer.abortTransaction();
                return e.getClass().getSimpleName();
            }
        }
    }

    private DeliveryBench bench(String name) {
        return new DeliveryBench(broker.bootstrapServers(), name);
    }

    private static BatchProcessor slowly(long millis) {
        return batch -> {
            Thread.sleep(millis);
            return DeliveryBench.judge(batch);
        };
    }
}
