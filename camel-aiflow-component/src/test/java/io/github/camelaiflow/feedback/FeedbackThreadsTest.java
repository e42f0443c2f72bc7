package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FeedbackThreadsTest {

    private static final int EACH = 5_000;
    private static final int THREADS = 3;

    @Test
    void allIsJoinedOnceWhoeverComesFirst() throws Exception {
        AtomicLong time = new AtomicLong();
        MemoryStore store = new MemoryStore(() -> Instant.ofEpochMilli(time.get()));
        Queue<Outcome> here = new ConcurrentLinkedQueue<>();
        List<Outcome> all = new ArrayList<>();
        FeedbackListener listener = new FeedbackListener() {
            @Override
            public void joined(Outcome outcome, double loss) {
                here.add(outcome);
            }

            @Override
            public void outcome(Outcome outcome) {
                all.add(outcome);
            }
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Feedback feedback = new Feedback(
                    "claims",
                    Nodes.config(Nodes.LIMIT, THREADS * EACH),
                    store,
                    () -> Instant.ofEpochMilli(time.get()),
                    "process",
                    threads,
                    listener);
            AtomicBoolean done = new AtomicBoolean();
            Future<?> ticks = threads.submit(() -> {
                while (!done.get()) {
                    time.addAndGet(1_000);
                    feedback.tick();
                }
            });
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int from = t * EACH;
                work.add(threads.submit(() -> predict(feedback, from, time)));
                work.add(threads.submit(() -> label(feedback, from)));
            }
            for (Future<?> one : work) {
                one.get(5, TimeUnit.MINUTES);
            }
            done.set(true);
            ticks.get(5, TimeUnit.MINUTES);
            time.addAndGet(10_000);
            feedback.tick();
            assertThat(feedback.counts().joined()).isEqualTo(THREADS * EACH);
            assertThat(feedback.counts().waiting()).isZero();
            assertThat(all).hasSize(THREADS * EACH).doesNotHaveDuplicates();
            assertThat(here).containsExactlyInAnyOrderElementsOf(all);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void threadsDoNotWaitForAnAbsentStoreOneAfterTheOther() throws Exception {
        Nodes nodes = new Nodes();
        Nodes.Node node = nodes.node();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asks = new AtomicInteger();
        node.way.breaksBefore = () -> {
            asks.incrementAndGet();
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Thread> waiting = new CopyOnWriteArrayList<>();
            List<Future<?>> work = new ArrayList<>();
            work.add(threads.submit(() -> node.labelled(Label.of("p1", "yes"))));
            asked.await();
            for (int i = 0; i < 5; i++) {
                work.add(threads.submit(() -> {
                    waiting.add(Thread.currentThread());
                    return node.labelled(Label.of("p1", "yes"));
                }));
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> waiting.size() == 5
                            && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            answer.countDown();
            for (Future<?> one : work) {
                assertThatThrownBy(() -> one.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(StoreException.class);
            }
            assertThat(asks).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
        node.way.breaksBefore = () -> false;
        assertThat(node.labelled(Label.of("p1", "yes"))).isEqualTo(LabelOutcome.JOINED);
    }

    private static void predict(Feedback feedback, int from, AtomicLong time) {
        for (int i = from; i < from + EACH; i++) {
            Instant now = Instant.ofEpochMilli(time.get());
            feedback.predicted(new Predicted("p" + i, null, "v1", null, "a", Double.NaN, Map.of(), null, now));
        }
    }

    private static void label(Feedback feedback, int from) {
        for (int i = from; i < from + EACH; i += 10) {
            List<Label> labels = new ArrayList<>();
            for (int k = i; k < i + 10; k++) {
                labels.add(Label.of("p" + k, "a"));
            }
            feedback.labelled(labels);
        }
    }
}
