package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.management.FlowEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events in order and bounded, on an executor that runs when it is told to. */
class EventDeliveryTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> received = new ArrayList<>();
    private final EventDelivery delivery = new EventDelivery(3, tasks::add, event -> received.add(event.flow()));

    private static FlowEvent event(String name) {
        FlowResult result = () -> "secret";
        return new FlowEvent(FlowEvent.Type.DRIFT, "STABLE", name, Instant.EPOCH, null, result);
    }

    private int add(String... names) {
        int dropped = 0;
        for (String name : names) {
            dropped += delivery.add(event(name));
        }
        return dropped;
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void eventsAreReceivedInOrderByOneTaskAtATime() {
        assertThat(add("a", "b", "c")).isZero();

        assertThat(tasks).hasSize(1);
        assertThat(received).isEmpty();
        runTasks();
        add("d");
        runTasks();
        assertThat(received).containsExactly("a", "b", "c", "d");
        assertThat(delivery.pending()).isZero();
    }

    @Test
    void whenItIsFullTheOldestGoes() {
        assertThat(add("a", "b", "c", "d", "e")).isEqualTo(2);

        runTasks();
        assertThat(received).containsExactly("c", "d", "e");
    }

    @Test
    void theEventOnItsWayIsPendingAndNotDropped() {
        List<Integer> pending = new ArrayList<>();
        EventDelivery[] self = new EventDelivery[1];
        self[0] = new EventDelivery(1, Runnable::run, event -> {
            if (pending.isEmpty()) {
                pending.add(self[0].pending());
                pending.add(self[0].add(event("b")));
                pending.add(self[0].add(event("c")));
                pending.add(self[0].pending());
            }
            received.add(event.flow());
        });
        self[0].add(event("a"));

        assertThat(pending).containsExactly(1, 0, 1, 2);
        assertThat(received).containsExactly("a", "c");
    }

    @Test
    void whatIsHeldBackWaitsAndIsNotPending() {
        delivery.hold();
        assertThat(add("a", "b", "c", "d")).isEqualTo(1);
        runTasks();

        assertThat(received).isEmpty();
        assertThat(delivery.pending()).isZero();
        delivery.release();
        assertThat(delivery.pending()).isEqualTo(4);
        runTasks();
        assertThat(received).containsExactly("b", "c", "d");
    }

    @Test
    void onceClosedNothingIsTakenAndWhatWaitedIsCounted() {
        add("a", "b");

        assertThat(delivery.close()).isEqualTo(2);
        assertThat(delivery.close()).isZero();
        assertThat(add("c")).isZero();
        runTasks();
        assertThat(received).isEmpty();
        assertThat(delivery.pending()).isZero();
    }

    @Test
    void aReceiverThatThrowsGetsTheNextEvent() {
        EventDelivery failing = new EventDelivery(3, tasks::add, event -> {
            received.add(event.flow());
            throw new AssertionError("on purpose");
        });
        failing.add(event("a"));
        failing.add(event("b"));
        runTasks();

        assertThat(received).containsExactly("a", "b");
        assertThat(failing.pending()).isZero();
    }

    @Test
    void manyThreadsLoseNothingThatIsNotCounted() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService many = Executors.newFixedThreadPool(4);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger dropped = new AtomicInteger();
        EventDelivery shared = new EventDelivery(2, one, event -> taken.incrementAndGet());
        for (int i = 0; i < 1000; i++) {
            many.execute(() -> dropped.addAndGet(shared.add(event("x"))));
        }
        many.shutdown();
        assertThat(many.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        one.shutdown();
        assertThat(one.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(taken.get() + dropped.get()).isEqualTo(1000);
    }

    @Test
    void anEventsTextShowsNothingOfItsResult() {
        assertThat(event("claims")).hasToString("FlowEvent[drift of flow claims, STABLE, 1970-01-01T00:00:00Z]");
    }
}
