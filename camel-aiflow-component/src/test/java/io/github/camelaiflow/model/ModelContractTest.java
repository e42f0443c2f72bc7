package io.github.camelaiflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backend promises. A subclass gives a model that reads at least the number {@code claim_amount}. */
public abstract class ModelContractTest {

    private Model model;

    /** The model under test, reading claims of {@link TrainedModels}. */
    protected abstract Model load();

    @BeforeEach
    protected void loadModel() {
        model = load();
    }

    @AfterEach
    protected void closeModel() {
        model.close();
    }

    private List<Outcome> predict(List<Map<String, Object>> rows) {
        return model.predict(new ModelInput.Rows(rows));
    }

    private Outcome predict(Map<String, Object> row) {
        List<Outcome> outcomes = predict(Collections.singletonList(row));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> row = new HashMap<>(TrainedModels.claim(2.5, 3, "fire"));
        row.put(field, value);
        return row;
    }

    private DataException errorOf(Map<String, Object> row) {
        Outcome outcome = predict(row);
        assertThat(outcome.output()).isNull();
        assertThat(outcome.error().getMessage()).doesNotContain("canary").doesNotContain("12345");
        return outcome.error();
    }

    @Test
    protected void readsTheFieldsItSays() {
        assertThat(model.signature().features()).contains("claim_amount");
        assertThat(model.signature().outputs()).isNotEmpty();
    }

    @Test
    protected void answersAnEmptyBatchWithNothing() {
        assertThat(predict(List.of())).isEmpty();
    }

    @Test
    protected void answersABatchAsItAnswersItsRows() {
        List<Map<String, Object>> claims = TrainedModels.claims(50, 3);
        List<Outcome> batch = predict(claims);
        assertThat(batch).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertSame(batch.get(i).output(), predict(claims.get(i)).output());
        }
    }

    private static void assertSame(Output one, Output other) {
        assertThat(one.label()).isEqualTo(other.label());
        if (one.score() != null) {
            assertThat(one.score()).isCloseTo(other.score(), org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    protected void aBadRowDoesNotDisturbTheOthers() {
        Map<String, Object> good = TrainedModels.claim(1, 2, "theft");
        Map<String, Object> alsoGood = TrainedModels.claim(9, 12, "fire");
        List<Outcome> outcomes = predict(
                Arrays.asList(with("claim_amount", null), good, with("claim_amount", "canary"), alsoGood, null));
        assertThat(outcomes).hasSize(5);
        assertThat(outcomes.get(0).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
        assertSame(outcomes.get(1).output(), predict(good).output());
        assertThat(outcomes.get(2).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
        assertSame(outcomes.get(3).output(), predict(alsoGood).output());
        assertThat(outcomes.get(4).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
    }

    @Test
    protected void aMissingFieldIsTheRowsError() {
        Map<String, Object> absent = new HashMap<>(with("claim_amount", 1));
        absent.remove("claim_amount");
        for (Map<String, Object> row : List.of(
                absent,
                with("claim_amount", null),
                with("claim_amount", Double.NaN),
                with("claim_amount", Float.NaN))) {
            DataException error = errorOf(row);
            assertThat(error.reason()).isEqualTo(Reason.MISSING_FEATURE);
            assertThat(error.fields()).containsExactly("claim_amount");
            assertThat(error).hasMessageContaining("claim_amount");
        }
    }

    @Test
    protected void aWrongValueIsTheRowsError() {
        for (Object wrong : List.of(
                "12345",
                "canary".repeat(200_000),
                List.of(1),
                Map.of(),
                new byte[3],
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                new BigDecimal("12345e400"))) {
            DataException error = errorOf(with("claim_amount", wrong));
            assertThat(error.reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(error.fields()).containsExactly("claim_amount");
        }
    }

    @Test
    protected void takesEveryKindOfNumber() {
        Output expected = predict(with("claim_amount", 4.0)).output();
        for (Object four :
                List.of(4, 4L, (short) 4, (byte) 4, 4f, new BigDecimal("4.000"), java.math.BigInteger.valueOf(4))) {
            assertSame(predict(with("claim_amount", four)).output(), expected);
        }
    }

    @Test
    protected void ignoresFieldsItDoesNotRead() {
        Map<String, Object> extra = with("nobody_reads_this", new Object());
        assertSame(
                predict(extra).output(),
                predict(TrainedModels.claim(2.5, 3, "fire")).output());
    }

    @Test
    protected void doesNotChangeTheRows() {
        Map<String, Object> row = Collections.unmodifiableMap(TrainedModels.claim(2.5, 3, "fire"));
        assertThat(predict(row).error()).isNull();
    }

    @Test
    protected void answersAHundredThousandRows() {
        List<Map<String, Object>> claims = new ArrayList<>();
        List<Map<String, Object>> some = TrainedModels.claims(1000, 5);
        for (int i = 0; i < 100; i++) {
            claims.addAll(some);
        }
        List<Outcome> outcomes = predict(claims);
        assertThat(outcomes).hasSize(100_000);
        for (int i = 0; i < 1000; i++) {
            assertSame(outcomes.get(99_000 + i).output(), outcomes.get(i).output());
        }
    }

    @Test
    protected void answersManyThreadsAtOnce() throws Exception {
        List<Map<String, Object>> claims = TrainedModels.claims(200, 11);
        List<Outcome> expected = predict(claims);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<Outcome>>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> predict(claims)));
            }
            for (Future<List<Outcome>> answer : answers) {
                List<Outcome> outcomes = answer.get();
                for (int row = 0; row < claims.size(); row++) {
                    assertSame(outcomes.get(row).output(), expected.get(row).output());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    protected void canBeClosedTwice() {
        Model other = load();
        other.close();
        assertThatCode(other::close).doesNotThrowAnyException();
    }
}
