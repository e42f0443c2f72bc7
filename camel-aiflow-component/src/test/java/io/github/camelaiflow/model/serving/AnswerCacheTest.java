package io.github.camelaiflow.model.serving;

import static io.github.camelaiflow.model.serving.CountingModel.row;
import static io.github.camelaiflow.model.serving.CountingModel.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private final AtomicLong now = new AtomicLong();
    private final Serving serving =
            new Serving(Batching.OFF, null, new Serving.Kept(100, Duration.ofSeconds(10)), now::get);

    private ServedModel serve(Model model) {
        return new ServedModel(LoadedModel.object("v1", model), serving);
    }

    private static ServedBy by(ServedModel.Answer answer) {
        return answer.outcomes().get(0).standIn();
    }

    @Test
    void anEqualRecordIsAnsweredFromTheCacheAndSaysSo() {
        CountingModel model = new CountingModel(rows -> {});
        ServedModel served = serve(model);
        assertThat(by(served.predict(row(1)))).isNull();

        ServedModel.Answer again =
                served.predict(new ModelInput.Rows(List.of(Map.of("n", 1L, "not read by the model", "x"))));

        assertThat(by(again)).isEqualTo(ServedBy.CACHE);
        assertThat(value(again)).isEqualTo(1);
        assertThat(again.version()).isEqualTo("v1");
        assertThat(by(served.predict(row(2)))).isNull();
        assertThat(model.calls).hasSize(2);
    }

    @Test
    void answersAgeAndAreBoundedInNumber() {
        CountingModel model = new CountingModel(rows -> {});
        ServedModel served = serve(model);
        served.predict(row(1));
        now.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertThat(by(served.predict(row(1)))).isEqualTo(ServedBy.CACHE);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(by(served.predict(row(1)))).isNull();

        for (int n = 0; n < 10_000; n++) {
            served.predict(row(n));
        }
        int before = model.calls.size();
        for (int n = 0; n < 10_000; n++) {
            served.predict(row(n));
        }
        assertThat(model.calls.size() - before).isGreaterThanOrEqualTo(10_000 - 100);
    }

    @Test
    void ofABatchOnlyWhatIsNotKnownIsAsked() {
        CountingModel model = new CountingModel(rows -> {});
        ServedModel served = serve(model);
        served.predict(row(2));

        ServedModel.Answer answer =
                served.predict(new ModelInput.Rows(List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3))));

        assertThat(answer.outcomes())
                .extracting(outcome -> outcome.output().score())
                .containsExactly(1.0, 2.0, 3.0);
        assertThat(answer.outcomes()).extracting(Outcome::standIn).containsExactly(null, ServedBy.CACHE, null);
        assertThat(model.calls).containsExactly(1, 2);
    }

    @Test
    void errorsAreNotKept() {
        List<Outcome> next = new ArrayList<>();
        Model model = new Model() {
            @Override
            public Signature signature() {
                return new Signature(List.of(), List.of(), List.of());
            }

            @Override
            public List<Outcome> predict(ModelInput input) {
                if (next.isEmpty()) {
                    throw new ModelException(true, "the server must be there");
                }
                return List.of(next.remove(0));
            }

            @Override
            public void close() {}
        };
        ServedModel served = serve(model);
        next.add(Outcome.failed(new DataException(Reason.WRONG_FEATURE, List.of("n"), "wrong")));
        assertThat(served.predict(row(1)).outcomes().get(0).error()).isNotNull();
        assertThatThrownBy(() -> served.predict(row(1))).isInstanceOf(ModelException.class);
        next.add(Outcome.of(Output.value(5)));
        assertThat(value(served.predict(row(1)))).isEqualTo(5);
        assertThat(by(served.predict(row(1)))).isEqualTo(ServedBy.CACHE);
    }

    @Test
    void anotherModelInTheSlotHasAnswersOfItsOwn() {
        ServedModel served = serve(new CountingModel(rows -> {}));
        served.predict(row(1));
        served.swap(new CountingModel(rows -> {}).loaded("v1"));
        assertThat(by(served.predict(row(1)))).isNull();

        LoadedModel file = new LoadedModel("v2", "a".repeat(64), ModelFormat.ONNX, new CountingModel(rows -> {}));
        served.swap(file);
        assertThat(by(served.predict(row(1)))).isNull();
        served.swap(new CountingModel(rows -> {}).loaded("v3"));
        served.swap(file);
        assertThat(by(served.predict(row(1)))).isEqualTo(ServedBy.CACHE);
    }

    @Test
    void anAnswerGivenDuringASwapIsNotKeptForTheWrongModel() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CountingModel old = new CountingModel(rows -> {
            entered.countDown();
            try {
                assertThat(leave.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        ServedModel served = serve(old);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<ServedModel.Answer> slow = thread.submit(() -> served.predict(row(1)));
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        CountingModel fresh = new CountingModel(rows -> {});
        served.swap(fresh.loaded("v2"));
        leave.countDown();

        assertThat(slow.get(30, TimeUnit.SECONDS).version()).isEqualTo("v1");
        assertThat(by(served.predict(row(1)))).isNull();
        assertThat(served.predict(row(1)).version()).isEqualTo("v2");
        assertThat(fresh.calls).hasSize(1);
        thread.shutdown();
    }

    @Test
    void aCallerMayWriteToTheArraysOfItsAnswer() {
        Model model = new Model() {
            @Override
            public Signature signature() {
                return new Signature(List.of(), List.of(), List.of());
            }

            @Override
            public List<Outcome> predict(ModelInput input) {
                return List.of(Outcome.of(new Output(
                        Map.of("vector", new float[][] {{1, 2}}, "words", new String[] {"a"}), null, null, Map.of())));
            }

            @Override
            public void close() {}
        };
        ServedModel served = serve(model);
        for (int i = 0; i < 3; i++) {
            Map<?, ?> value = (Map<?, ?>)
                    served.predict(row(1)).outcomes().get(0).output().value();
            float[][] vector = (float[][]) value.get("vector");
            assertThat(vector[0]).containsExactly(1, 2);
            vector[0][0] = 9;
            ((String[]) value.get("words"))[0] = "changed";
        }
    }

    @Test
    void withoutARowTheModelIsNotAsked() {
        CountingModel model = new CountingModel(rows -> {});

        assertThat(new ServedModel(model.loaded("v1"))
                        .predict(new ModelInput.Rows(List.of()))
                        .outcomes())
                .isEmpty();
        assertThat(model.calls).isEmpty();
    }

    @Test
    void listsAreCopiedAsArraysAre() {
        java.util.List<Object> sequence = new java.util.ArrayList<>();
        sequence.add(new float[] {1});
        sequence.add(new java.util.HashMap<>(java.util.Map.of("a", 1f)));
        io.github.camelaiflow.data.Output kept = SharedOutput.copy(new io.github.camelaiflow.data.Output(
                java.util.Map.of("out", sequence), null, null, java.util.Map.of()));
        ((float[]) sequence.get(0))[0] = 2;
        ((java.util.Map<?, ?>) sequence.get(1)).clear();
        sequence.add("more");

        java.util.List<?> copy = (java.util.List<?>) ((java.util.Map<?, ?>) kept.value()).get("out");
        assertThat(copy).hasSize(2);
        assertThat((float[]) copy.get(0)).containsExactly(1);
        assertThat(copy.get(1)).isEqualTo(java.util.Map.of("a", 1f));
    }
}
