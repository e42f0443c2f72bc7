package io.github.camelaiflow.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastGoodTest {

    private final AtomicLong now = new AtomicLong();
    private final LastGood last =
            new LastGood("models.last", "id", new Serving.Kept(1000, Duration.ofSeconds(10)), now::get);

    private static Map<String, Object> record(Object key) {
        return Map.of("id", key, "secret", 4711);
    }

    private static void keep(LastGood.Call call, Object key, double answer) {
        call.keep(List.of(record(key)), List.of(Outcome.of(Output.value(answer))));
    }

    private Outcome answer(Object key) {
        return last.predict(new ModelInput.Rows(List.of(record(key)))).get(0);
    }

    @Test
    void theLastGoodAnswerStandsInAndSaysSo() {
        keep(last.begin(), "a", 1);
        keep(last.begin(), "a", 2);
        keep(last.begin(), 7, 3);

        assertThat(answer("a").output().score()).isEqualTo(2);
        assertThat(answer("a").standIn()).isEqualTo(ServedBy.LAST_GOOD);
        assertThat(answer(7L).output().score()).isEqualTo(3);
    }

    @Test
    void withoutOneTheNextStandInIsToBeAskedAndNoValueIsTold() {
        for (ModelInput input : List.of(
                new ModelInput.Rows(List.of(record("nobody-4711"))),
                new ModelInput.Rows(List.of(Map.of())),
                new ModelInput.Tensors(Map.of("", new float[] {1})))) {
            assertThatThrownBy(() -> last.predict(input)).isInstanceOfSatisfying(ModelException.class, e -> {
                assertThat(e.retryable()).isFalse();
                assertThat(e.getMessage()).contains("models.last").doesNotContain("4711");
            });
        }
    }

    @Test
    void errorsAndStandInsAreNotRemembered() {
        LastGood.Call call = last.begin();
        call.keep(
                List.of(record("a"), record("b"), record("c")),
                List.of(
                        Outcome.failed(new DataException(Reason.WRONG_FEATURE, List.of(), "wrong")),
                        Outcome.of(Output.value(1)).by(ServedBy.CACHE),
                        Outcome.of(Output.value(2))));

        assertThatThrownBy(() -> answer("a")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> answer("b")).isInstanceOf(ModelException.class);
        assertThat(answer("c").output().score()).isEqualTo(2);
    }

    @Test
    void anAnswerAgesFromTheStartOfItsCall() {
        LastGood.Call call = last.begin();
        now.addAndGet(TimeUnit.SECONDS.toNanos(6));
        keep(call, "a", 1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(answer("a").output().score()).isEqualTo(1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThatThrownBy(() -> answer("a")).isInstanceOf(ModelException.class);
    }

    @Test
    void whatACallAnswersLateNeverTakesThePlaceOfALaterCalls() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<LastGood.Call> calls = new ArrayList<>();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(last.begin());
                order.add(i);
            }
            Collections.shuffle(order, random);
            int newest = -1;
            for (int i : order) {
                keep(calls.get(i), "k", i);
                newest = Math.max(newest, i);
                assertThat(answer("k").output().score()).isEqualTo(newest);
            }
        }
    }

    @Test
    void norDoesItWhenManyThreadsAnswerAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Map<Integer, Double> newest = new ConcurrentHashMap<>();
        List<Future<?>> running = new ArrayList<>();
        AtomicLong started = new AtomicLong();
        for (int thread = 0; thread < 8; thread++) {
            Random random = new Random(thread);
            running.add(threads.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    int key = random.nextInt(10);
                    LastGood.Call call;
                    double number;
                    synchronized (started) {
                        call = last.begin();
                        number = started.incrementAndGet();
                    }
                    if (random.nextBoolean()) {
                        Thread.yield();
                    }
                    keep(call, key, number);
                    newest.merge(key, number, Math::max);
                }
            }));
        }
        for (Future<?> future : running) {
            future.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        newest.forEach((key, number) -> assertThat(answer(key).output().score()).isEqualTo(number));
        assertThat(newest).hasSize(10);
    }

    @Test
    void theNumberOfKeysIsBounded() {
        for (int key = 0; key < 20_000; key++) {
            keep(last.begin(), key, key);
        }
        int known = 0;
        for (int key = 0; key < 20_000; key++) {
            try {
                assertThat(answer(key).output().score()).isEqualTo(key);
                known++;
            } catch (ModelException e) {
                assertThat(e.retryable()).isFalse();
            }
        }
        assertThat(known).isBetween(1, 1000);
    }
}
