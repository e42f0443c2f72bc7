package io.github.camelaiflow.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.delivery.Ledger;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Threads that are stopped, over clients without a broker. */
class KafkaDeliveryTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeKafka kafka = new FakeKafka();
    private final CountDownLatch judging = new CountDownLatch(1);
    private final CountDownLatch judged = new CountDownLatch(1);
    private final AtomicReference<Thread> worker = new AtomicReference<>();

    private KafkaDelivery delivery() {
        kafka.log.get(FakeKafka.FIRST).add("a0");
        DeliveryConfig config = DeliveryConfig.of("claims")
                .brokers("nowhere:9092")
                .topics("in")
                .outTopic("out")
                .deadTopic("dead")
                .groupId("group")
                .build();
        return KafkaDelivery.start(
                config,
                kafka,
                CommitFactory.of(config, kafka),
                batch -> {
                    judging.countDown();
                    uninterruptibly(judged);
                    return batch.stream().map(DeliveryWorkerTest::decision).toList();
                },
                new Ledger(),
                kafka,
                new SplittableRandom(7),
                work -> {
                    Thread thread = new Thread(work);
                    thread.setDaemon(true);
                    worker.set(thread);
                    return thread;
                });
    }

    /** Steps that hear of no interrupt. */
    private static void uninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aThreadThatHangsIsNotWaitedForAndCommitsNothing() throws Exception {
        KafkaDelivery delivery = delivery();
        judging.await();

        assertThat(delivery.stop(Duration.ofMillis(20), Duration.ofMillis(20))).isFalse();
        assertThat(worker.get().isAlive()).isTrue();
        judged.countDown();

        worker.get().join(LONG.toMillis());
        assertThat(worker.get().isAlive()).isFalse();
        assertThat(kafka.committed).isEmpty();
        assertThat(kafka.visible).isEmpty();
    }

    @Test
    void whatDrainsTakesNoMoreAndFinishesWhatItHas() throws Exception {
        KafkaDelivery delivery = delivery();
        judging.await();
        delivery.drain();
        kafka.log.get(FakeKafka.FIRST).add("a1");
        judged.countDown();

        await().atMost(LONG).until(() -> !worker.get().isAlive());
        assertThat(kafka.visibleIn("out")).containsExactly("a0");
        assertThat(delivery.stop(LONG)).isTrue();
    }
}
