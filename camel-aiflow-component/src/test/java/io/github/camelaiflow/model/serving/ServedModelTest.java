package io.github.camelaiflow.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServedModelTest {

    private static final ModelInput ONE_ROW = new ModelInput.Rows(List.of(Map.of()));

    /** Answers with its number and notes every call that comes too late. */
    private static final class Watched implements Model {

        private final int number;
        private final Queue<String> wrongs;
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger closes = new AtomicInteger();

        Watched(int number, Queue<String> wrongs) {
            this.number = number;
            this.wrongs = wrongs;
        }

        LoadedModel loaded() {
            return LoadedModel.object("v" + number, this);
        }

        @Override
        public Signature signature() {
            return new Signature(List.of(), List.of(), List.of());
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            running.incrementAndGet();
            Thread.yield();
            if (closes.get() > 0) {
                wrongs.add("model " + number + " was called after it was closed");
            }
            running.decrementAndGet();
            return List.of(Outcome.of(Output.value(number)));
        }

        @Override
        public void close() {
            closes.incrementAndGet();
            if (running.get() > 0) {
                wrongs.add("model " + number + " was closed under a running call");
            }
        }
    }

    @Test
    void noModelIsClosedEarlyTwiceOrNeverWhileManyThreadsSwapAndAsk() throws Exception {
        Queue<String> wrongs = new ConcurrentLinkedQueue<>();
        Queue<Watched> all = new ConcurrentLinkedQueue<>();
        Watched first = new Watched(0, wrongs);
        all.add(first);
        ServedModel served = new ServedModel(first.loaded());
        AtomicInteger numbers = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            running.add(threads.submit(() -> {
                for (int call = 0; call < 20_000; call++) {
                    ServedModel.Answer answer = served.predict(ONE_ROW);
                    Double number = answer.outcomes().get(0).output().score();
                    if (!answer.version().equals("v" + number.intValue())) {
                        wrongs.add("an answer names another version than the one that gave it");
                    }
                    answers.incrementAndGet();
                }
            }));
        }
        for (int i = 0; i < 2; i++) {
            running.add(threads.submit(() -> {
                for (int swap = 0; swap < 2_000; swap++) {
                    Watched next = new Watched(numbers.incrementAndGet(), wrongs);
                    all.add(next);
                    served.swap(next.loaded());
                }
            }));
        }
        for (Future<?> future : running) {
            future.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(all.stream().filter(model -> model.closes.get() == 0)).hasSize(1);
        served.close();
        assertThat(wrongs).isEmpty();
        assertThat(answers).hasValue(120_000);
        assertThat(all).hasSize(4_001).allMatch(model -> model.closes.get() == 1);
    }

    @Test
    void theReplacedModelIsClosedWhenItsLastCallEnds() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        ServedModel served = new ServedModel(LoadedModel.object("old", new Model() {
            @Override
            public Signature signature() {
                return new Signature(List.of(), List.of(), List.of());
            }

            @Override
            public List<Outcome> predict(ModelInput input) {
                entered.countDown();
                try {
                    assertThat(leave.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return List.of(Outcome.of(Output.value(0)));
            }

            @Override
            public void close() {
                closed.set(true);
            }
        }));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<ServedModel.Answer> slow = thread.submit(() -> served.predict(ONE_ROW));
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        served.swap(new Watched(1, new ConcurrentLinkedQueue<>()).loaded());
        assertThat(served.predict(ONE_ROW).version()).isEqualTo("v1");
        assertThat(served.inUse().version()).isEqualTo("v1");
        assertThat(closed).isFalse();
        leave.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS).version()).isEqualTo("old");
        assertThat(closed).isTrue();
        thread.shutdown();
    }

    @Test
    void aClosedSlotTakesNoCallsAndNoModels() {
        Queue<String> wrongs = new ConcurrentLinkedQueue<>();
        Watched first = new Watched(0, wrongs);
        Watched late = new Watched(1, wrongs);
        ServedModel served = new ServedModel(first.loaded());
        served.close();
        served.close();
        assertThat(first.closes).hasValue(1);
        assertThatThrownBy(() -> served.predict(ONE_ROW))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.retryable()).isTrue());
        assertThatThrownBy(served::inUse).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> served.swap(late.loaded())).isInstanceOf(IllegalStateException.class);
        assertThat(late.closes).hasValue(1);
        assertThat(wrongs).isEmpty();
    }

    @Test
    void aFailureToCloseTheOldModelDoesNotFailTheCallThatEndsLast() {
        Watched next = new Watched(1, new ConcurrentLinkedQueue<>());
        ServedModel served = new ServedModel(LoadedModel.object("old", new Model() {
            @Override
            public Signature signature() {
                return new Signature(List.of(), List.of(), List.of());
            }

            @Override
            public List<Outcome> predict(ModelInput input) {
                return List.of();
            }

            @Override
            public void close() {
                throw new IllegalStateException("native trouble");
            }
        }));
        served.swap(next.loaded());
        assertThat(served.predict(ONE_ROW).outcomes()).hasSize(1);
    }
}
