package io.github.camelaiflow.model.serving;

import static io.github.camelaiflow.model.serving.CountingModel.row;
import static io.github.camelaiflow.model.serving.CountingModel.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch release = new CountDownLatch(1);
    private ServedModel served;

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        if (served != null) {
            served.close();
        }
        for (Thread worker : workers) {
            worker.join(30_000);
            assertThat(worker.isAlive()).as("a worker ends with its slot").isFalse();
        }
        callers.shutdownNow();
    }

    private Serving serving(int size, Duration delay, int inFlight) {
        return new Serving(new Batching(size, delay, inFlight), this::worker, null, System::nanoTime);
    }

    private Thread worker(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        workers.add(thread);
        return thread;
    }

    private void serve(Model model, int size, Duration delay, int inFlight) {
        served = new ServedModel(LoadedModel.object("v1", model), serving(size, delay, inFlight));
    }

    private Future<ServedModel.Answer> ask(Object n) {
        return callers.submit(() -> served.predict(row(n)));
    }

    private Deadline deadline(long millis) {
        return Deadline.in("the caller", millis, () -> callers);
    }

    private void hang() {
        try {
            assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Throwable failure(Future<?> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void aFullBatchLeavesAtOnceAndEachCallerGetsItsOwnAnswer() throws Exception {
        CountingModel model = new CountingModel(rows -> {});
        serve(model, 4, LONG, 1);
        List<Future<ServedModel.Answer>> answers = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            answers.add(ask(n));
        }
        for (int n = 0; n < 4; n++) {
            assertThat(value(answers.get(n).get(30, TimeUnit.SECONDS))).isEqualTo(n);
            assertThat(answers.get(n).get().version()).isEqualTo("v1");
        }
        assertThat(model.calls).containsExactly(4);
    }

    @Test
    void aRowLeavesAloneWhenItsDelayIsOver() {
        CountingModel model = new CountingModel(rows -> {});
        serve(model, 100, Duration.ofMillis(2), 1);

        assertThat(value(served.predict(row(7)))).isEqualTo(7);
        assertThat(model.calls).containsExactly(1);
    }

    @Test
    void theDelayLeavesHalfOfTheCallersTimeToTheModel() {
        serve(new CountingModel(rows -> {}), 100, LONG, 1);

        assertThat(value(served.predict(row(7), deadline(10_000)))).isEqualTo(7);
    }

    @Test
    void sixtyFourCallersOfASlowModelShareItsCalls() throws Exception {
        CountingModel model = new CountingModel(rows -> LockSupport.parkNanos(1_000_000));
        serve(model, 16, Duration.ZERO, 2);
        List<Future<Integer>> callersWrong = new ArrayList<>();
        for (int caller = 0; caller < 64; caller++) {
            int seed = caller;
            callersWrong.add(callers.submit(() -> {
                Random random = new Random(seed);
                int wrong = 0;
                for (int i = 0; i < 50; i++) {
                    int n = random.nextInt();
                    wrong += value(served.predict(row(n))) == n ? 0 : 1;
                }
                return wrong;
            }));
        }
        for (Future<Integer> wrong : callersWrong) {
            assertThat(wrong.get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(model.calls.stream().mapToInt(Integer::intValue).sum()).isEqualTo(64 * 50);
        assertThat(Collections.max(model.calls)).isBetween(2, 16);
        assertThat(model.calls.size()).isLessThan(64 * 50 / 2);
        assertThat(model.most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void whoeverComesWhenTheQueueIsFullIsRefusedAtOnce() throws Exception {
        CountingModel model = new CountingModel(rows -> hang());
        serve(model, 2, Duration.ZERO, 1);
        List<Future<ServedModel.Answer>> answers = new ArrayList<>();
        answers.add(ask(0));
        Awaitility.await().until(() -> model.calls.size() == 1);
        List<Callable<ServedModel.Answer>> more = new ArrayList<>();
        for (int n = 1; n <= 80; n++) {
            int each = n;
            more.add(() -> served.predict(row(each)));
        }
        more.forEach(call -> answers.add(callers.submit(call)));
        Awaitility.await().until(() -> answers.stream().filter(Future::isDone).count() == 80 - 64);
        release.countDown();

        int refused = 0;
        for (int n = 0; n <= 80; n++) {
            Throwable failure = failure(answers.get(n));
            if (failure == null) {
                assertThat(value(answers.get(n).get())).isEqualTo(n);
            } else {
                refused++;
                assertThat(failure)
                        .hasMessageContaining("saturated: 64 records wait")
                        .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.retryable())
                                .isTrue());
            }
        }
        assertThat(refused).isEqualTo(16);
    }

    @Test
    void aCallerStopsWaitingAtItsDeadlineAndItsRowIsLeftOut() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        Queue<Object> seen = new ConcurrentLinkedQueue<>();
        CountingModel model = new CountingModel(rows -> {
            rows.forEach(row -> seen.add(row.get("n")));
            entered.countDown();
            hang();
        });
        serve(model, 8, Duration.ZERO, 1);
        Future<ServedModel.Answer> patient = ask(1);
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> served.predict(row(2), deadline(50)))
                .hasMessageContaining("the caller must answer within 50 ms")
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.retryable()).isTrue());
        Future<ServedModel.Answer> next = ask(3);
        release.countDown();

        assertThat(value(patient.get(30, TimeUnit.SECONDS))).isEqualTo(1);
        assertThat(value(next.get(30, TimeUnit.SECONDS))).isEqualTo(3);
        assertThat(seen).containsExactly(1, 3);
    }

    @Test
    void aHangingCallThatNobodyWaitsForIsInterruptedAndTheNextIsNot() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountingModel model = new CountingModel(rows -> {
            if (rows.get(0).get("n").equals(0)) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
        serve(model, 8, Duration.ZERO, 1);

        // where the worker comes too late the row is left out, and nothing hangs: it is asked again
        Awaitility.await().until(() -> {
            assertThatThrownBy(() -> served.predict(row(0), deadline(50))).isInstanceOf(ModelException.class);
            return interrupted.await(1, TimeUnit.SECONDS);
        });
        assertThat(value(served.predict(row(5)))).isEqualTo(5);
    }

    @Test
    void aHangingCallDoesNotKeepTheRowsThatTheOtherWorkerCanAsk() throws Exception {
        CountingModel model = new CountingModel(rows -> {
            if (rows.stream().anyMatch(row -> row.get("n").equals(0))) {
                hang();
            }
        });
        serve(model, 2, Duration.ZERO, 2);
        Future<ServedModel.Answer> hanging = ask(0);
        Awaitility.await().until(() -> model.calls.size() == 1);
        for (int n = 1; n < 20; n++) {
            assertThat(value(served.predict(row(n)))).isEqualTo(n);
        }
        assertThat(hanging.isDone()).isFalse();
    }

    @Test
    void onlyTheCulpritsOfABatchFail() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 40; round++) {
            int size = 2 + random.nextInt(15);
            boolean[] bad = new boolean[size];
            for (int i = 0; i < size; i++) {
                bad[i] = random.nextInt(5) == 0;
            }
            boolean data = random.nextBoolean();
            CountingModel model = new CountingModel(rows -> {
                if (rows.stream().anyMatch(row -> bad[(Integer) row.get("n")])) {
                    throw data
                            ? new DataException(Reason.WRONG_FEATURE, List.of("n"), "field n must be good")
                            : new ModelException(false, "the model must like all rows");
                }
            });
            serve(model, size, LONG, 1);
            List<Future<ServedModel.Answer>> answers = new ArrayList<>();
            for (int n = 0; n < size; n++) {
                answers.add(ask(n));
            }
            for (int n = 0; n < size; n++) {
                Throwable failure = failure(answers.get(n));
                if (bad[n]) {
                    assertThat(failure).isInstanceOf(data ? DataException.class : ModelException.class);
                } else {
                    assertThat(failure).isNull();
                    assertThat(value(answers.get(n).get())).isEqualTo(n);
                }
            }
            assertThat(model.calls.size()).isLessThan(2 * size);
            served.close();
        }
    }

    @Test
    void aFailureThatMayPassFailsAllAfterOneCall() throws Exception {
        CountingModel model = new CountingModel(rows -> {
            throw new ModelException(true, "the server must be there");
        });
        serve(model, 8, LONG, 1);
        List<Future<ServedModel.Answer>> answers = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            answers.add(ask(n));
        }
        for (Future<ServedModel.Answer> answer : answers) {
            assertThat(failure(answer)).isInstanceOf(ModelException.class).hasMessage("the server must be there");
        }
        assertThat(model.calls).containsExactly(8);
    }

    @Test
    void aModelWhoseOutputsDoNotMatchItsRowsAnswersThemOneByOne() throws Exception {
        Model model = new Model() {
            @Override
            public Signature signature() {
                return new Signature(List.of(), List.of(), List.of());
            }

            @Override
            public List<Outcome> predict(ModelInput input) {
                return List.of(Outcome.of(Output.value(
                        ((Number) ((ModelInput.Rows) input).rows().get(0).get("n")).doubleValue())));
            }

            @Override
            public void close() {}
        };
        serve(model, 3, LONG, 1);
        List<Future<ServedModel.Answer>> answers = List.of(ask(0), ask(1), ask(2));
        for (int n = 0; n < 3; n++) {
            assertThat(value(answers.get(n).get(30, TimeUnit.SECONDS))).isEqualTo(n);
        }
        assertThatThrownBy(() -> served.predict(new ModelInput.Rows(List.of(Map.of("n", 1), Map.of("n", 2)))))
                .hasMessageContaining("must answer each record once, answered 2 records with 1");
    }

    @Test
    void anErrorOfTheModelReachesTheCallersAndTheWorkerGoesOn() throws Exception {
        CountingModel model = new CountingModel(rows -> {
            if (rows.get(0).get("n").equals(0)) {
                throw new NoClassDefFoundError("org/example/Gone");
            }
        });
        serve(model, 8, Duration.ZERO, 1);

        assertThatThrownBy(() -> served.predict(row(0))).isInstanceOf(NoClassDefFoundError.class);
        assertThat(value(served.predict(row(1)))).isEqualTo(1);
        assertThat(workers).hasSize(1);
    }

    @Test
    void noCallerFailsWhileModelsAreSwappedUnderBatches() throws Exception {
        serve(new CountingModel(rows -> Thread.yield()), 16, Duration.ZERO, 2);
        List<Future<Integer>> asking = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
            asking.add(callers.submit(() -> {
                int answered = 0;
                for (int n = 0; n < 500; n++) {
                    answered += value(served.predict(row(n))) == n ? 1 : 0;
                }
                return answered;
            }));
        }
        for (int version = 2; version < 200; version++) {
            served.swap(new CountingModel(rows -> Thread.yield()).loaded("v" + version));
            Thread.yield();
        }
        for (Future<Integer> answered : asking) {
            assertThat(answered.get(60, TimeUnit.SECONDS)).isEqualTo(500);
        }
    }

    @Test
    void closingAnswersWhatRunsAndTellsWhatWaitsToTryAgain() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        serve(
                new CountingModel(rows -> {
                    entered.countDown();
                    hang();
                }),
                4,
                Duration.ZERO,
                1);
        Future<ServedModel.Answer> running = ask(1);
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        Future<ServedModel.Answer> waiting = ask(2);
        Awaitility.await().pollDelay(Duration.ZERO).until(() -> {
            Thread.yield();
            return callers.toString().contains("active threads = 2");
        });
        served.close();

        assertThat(failure(waiting)).isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.retryable())
                .isTrue());
        release.countDown();
        assertThat(value(running.get(30, TimeUnit.SECONDS))).isEqualTo(1);
        assertThatThrownBy(() -> served.predict(row(3))).isInstanceOf(ModelException.class);
    }

    @Test
    void tensorsOfOneShapeAreStackedOthersAskedByThemselves() throws Exception {
        Queue<String> shapes = new ConcurrentLinkedQueue<>();
        Model model = new Model() {
            @Override
            public Signature signature() {
                return new Signature(
                        List.of(), List.of(new Signature.TensorSpec("x", "FP32", List.of(-1L, -1L))), List.of());
            }

            @Override
            public List<Outcome> predict(ModelInput input) {
                Object array = ((ModelInput.Tensors) input).arrays().get("x");
                float[][] rows = array instanceof float[][] many ? many : new float[][] {(float[]) array};
                shapes.add(rows.length + "x" + rows[0].length);
                return Arrays.stream(rows)
                        .map(each -> Outcome.of(Output.value(each[0])))
                        .toList();
            }

            @Override
            public void close() {}
        };
        serve(model, 2, Duration.ofMinutes(1), 1);
        List<Future<ServedModel.Answer>> answers = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            float[] x = {n, 0, 0};
            answers.add(callers.submit(() -> served.predict(new ModelInput.Tensors(Map.of("x", x)))));
        }
        for (int n = 0; n < 2; n++) {
            assertThat(value(answers.get(n).get(30, TimeUnit.SECONDS))).isEqualTo(n);
        }
        Future<ServedModel.Answer> wide =
                callers.submit(() -> served.predict(new ModelInput.Tensors(Map.of("x", new float[] {8, 0, 0}))));
        Future<ServedModel.Answer> narrow =
                callers.submit(() -> served.predict(new ModelInput.Tensors(Map.of("x", new float[] {9, 0}))));
        Future<ServedModel.Answer> another =
                callers.submit(() -> served.predict(new ModelInput.Tensors(Map.of("x", new float[] {7, 0}))));
        Future<ServedModel.Answer> last =
                callers.submit(() -> served.predict(new ModelInput.Tensors(Map.of("x", new float[] {6, 0, 0}))));

        assertThat(value(wide.get(90, TimeUnit.SECONDS))).isEqualTo(8);
        assertThat(value(narrow.get(90, TimeUnit.SECONDS))).isEqualTo(9);
        assertThat(value(another.get(90, TimeUnit.SECONDS))).isEqualTo(7);
        assertThat(value(last.get(90, TimeUnit.SECONDS))).isEqualTo(6);
        ServedModel.Answer batch =
                served.predict(new ModelInput.Tensors(Map.of("x", new float[][] {{1, 2}, {3, 4}, {5, 6}})));
        assertThat(batch.outcomes()).hasSize(3);
        assertThat(shapes).contains("2x3", "3x2");
    }

    @Test
    void aBatchIsAnsweredThoughNoThreadCanBeStartedForAnother() throws Exception {
        CountingModel model = new CountingModel(rows -> hang());
        java.util.concurrent.atomic.AtomicInteger started = new java.util.concurrent.atomic.AtomicInteger();
        Serving oneThread = new Serving(
                new Batching(2, Duration.ZERO, 4),
                work -> {
                    if (started.getAndIncrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return worker(work);
                },
                null,
                System::nanoTime);
        served = new ServedModel(LoadedModel.object("v1", model), oneThread);
        Future<ServedModel.Answer> first = ask(1);
        Awaitility.await().until(() -> model.calls.size() == 1);
        assertThat(failure(ask(2))).isInstanceOf(OutOfMemoryError.class);
        assertThat(failure(ask(3))).isInstanceOf(OutOfMemoryError.class);
        release.countDown();
        assertThat(value(first.get(30, TimeUnit.SECONDS))).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(value(served.predict(row(4)))).isEqualTo(4));
        assertThat(model.calls).containsOnly(1);
    }

    @Test
    void afterAThreadThatCouldNotBeStartedTheNextRowIsAnswered() throws Exception {
        java.util.concurrent.atomic.AtomicInteger started = new java.util.concurrent.atomic.AtomicInteger();
        Serving failingFirst = new Serving(
                new Batching(2, Duration.ZERO, 1),
                work -> {
                    if (started.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return worker(work);
                },
                null,
                System::nanoTime);
        served = new ServedModel(LoadedModel.object("v1", new CountingModel(rows -> {})), failingFirst);
        assertThat(failure(ask(1))).isInstanceOf(OutOfMemoryError.class);
        assertThat(value(ask(2).get(30, TimeUnit.SECONDS))).isEqualTo(2);
    }
}
