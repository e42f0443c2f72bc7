package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.feedback.estimate.BaselineRow;
import io.github.camelaiflow.feedback.estimate.Doubt;
import io.github.camelaiflow.feedback.estimate.EstimateConfig;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate.Method;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimator;
import io.github.camelaiflow.feedback.estimate.Trust;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Windows of answers are estimated, and labels that come are held against the estimates they are about. */
class EstimatesTest {

    private static final Schema SCHEMA = new Schema(null, List.of(Field.of("region", FieldType.CATEGORY)));
    private static final int SIZE = 500;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** By how much the score misses, up in the south and down in the north: right on average of the reference. */
    private static final double MISSED = 0.2;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<String, PerformanceEstimate> told = new LinkedHashMap<>();
    private int answers;

    /** What was answered about a record, and what is true. */
    private record Case(Predicted answer, Map<String, Object> row, Outcome outcome) {}

    private Case example(String version, boolean south, double missed) {
        double score = 0.25 + random.nextDouble() / 2;
        boolean yes = random.nextDouble() < score + (south ? missed : -missed);
        Predicted answer = new Predicted(
                "p" + answers++,
                null,
                version,
                null,
                score >= 0.5 ? "yes" : "no",
                Double.NaN,
                Map.of("yes", score),
                null,
                NOW);
        Truth truth = new Truth(yes ? "yes" : "no", Double.NaN, 1, NOW);
        return new Case(answer, Map.of("region", south ? "south" : "north"), new Outcome(answer, truth));
    }

    private PerformanceEstimator estimator(boolean records, double missed) {
        List<BaselineRow> rows = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            Case one = example("reference", random.nextBoolean(), missed);
            rows.add(BaselineRow.of(one.outcome(), records ? one.row() : null));
        }
        EstimateConfig config = EstimateConfig.DEFAULT.withPositive("yes");
        return PerformanceEstimator.of(rows, records ? config.withFields(List.of("region")) : config);
    }

    private Estimates estimates(boolean records, double missed) {
        return new Estimates(
                estimator(records, missed),
                records ? List.of("region") : null,
                new DeclaredValues(SCHEMA),
                SIZE,
                Duration.ofDays(30),
                Runnable::run,
                (version, window, estimate) -> told.put(version, estimate));
    }

    /** A window all from the north. */
    private List<Case> window(Estimates estimates, String version, double missed) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            Case one = example(version, false, missed);
            cases.add(one);
            estimates.predicted(one.answer(), one.row());
        }
        return cases;
    }

    private static void label(Estimates estimates, List<Case> cases) {
        cases.forEach(one -> estimates.labelled(one.outcome()));
    }

    @Test
    void labelsThatFitTheWeightedEstimateDontSpeakAgainstIt() {
        Estimates estimates = estimates(true, MISSED);
        label(estimates, window(estimates, "v1", MISSED));
        window(estimates, "v1", MISSED);
        assertThat(told.get("v1").method()).isEqualTo(Method.WEIGHTED);
        assertThat(told.get("v1").trust().verdict()).isEqualTo(Trust.Verdict.BELIEVED);
    }

    @Test
    void labelsThatContradictTheWeightedEstimateDo() {
        Estimates estimates = estimates(true, MISSED);
        label(estimates, window(estimates, "v1", -MISSED));
        window(estimates, "v1", -MISSED);
        assertThat(told.get("v1").method()).isEqualTo(Method.WEIGHTED);
        assertThat(told.get("v1").trust().doubts()).containsExactly(Doubt.LABELS_DISAGREE);
    }

    @Test
    void labelsOfAnswersWhoseRecordIsNotKnownSayNothingOfWeightedEstimates() {
        Estimates estimates = estimates(true, MISSED);
        for (int i = 0; i < 2 * SIZE; i++) {
            estimates.labelled(example("v1", false, MISSED).outcome());
        }
        window(estimates, "v1", MISSED);
        assertThat(told.get("v1").trust().verdict()).isEqualTo(Trust.Verdict.BELIEVED);
    }

    @Test
    void labelsOfOneVersionSayNothingOfAnother() {
        Estimates estimates = estimates(false, 0);
        List<Case> good = window(estimates, "v1", 0);
        List<Case> bad = window(estimates, "v2", MISSED);
        for (int i = 0; i < SIZE; i++) {
            estimates.labelled(good.get(i).outcome());
            estimates.labelled(bad.get(i).outcome());
        }
        window(estimates, "v1", 0);
        window(estimates, "v2", MISSED);
        assertThat(told.get("v1").trust().verdict()).isEqualTo(Trust.Verdict.BELIEVED);
        assertThat(told.get("v2").trust().doubts()).containsExactly(Doubt.LABELS_DISAGREE);
    }

    @Test
    void labelsOfTheVersionBeforeDontVouchForTheNext() {
        Estimates estimates = estimates(false, 0);
        label(estimates, window(estimates, "v1", 0));
        label(estimates, window(estimates, "v2", MISSED));
        label(estimates, window(estimates, "v1", 0));
        window(estimates, "v2", MISSED);
        assertThat(told.get("v2").trust().doubts()).containsExactly(Doubt.LABELS_DISAGREE);
    }

    @Test
    void ofTooManyRecordsAShareIsKeptOfAllTimes() {
        KeptRecords records = new KeptRecords(100, Duration.ofDays(30));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Case one = example("v1", false, 0);
            ids.add(one.answer().id());
            records.keep(one.answer(), one.row());
        }
        assertThat(records.size()).isBetween(26, 100);
        assertThat(ids.subList(0, 1500)).anyMatch(id -> records.remove(id) != null);
        assertThat(ids.subList(1500, 3000)).anyMatch(id -> records.remove(id) != null);
    }

    @Test
    void recordsForWhichNoLabelIsAwaitedAreForgotten() {
        KeptRecords records = new KeptRecords(100, Duration.ofDays(30));
        Case early = example("v1", false, 0);
        records.keep(early.answer(), early.row());
        Predicted one = early.answer();
        Predicted late = new Predicted(
                "late",
                null,
                "v1",
                null,
                one.label(),
                Double.NaN,
                one.scores(),
                null,
                NOW.plus(Duration.ofDays(30)).plusMillis(1));
        records.keep(late, early.row());
        assertThat(records.remove(one.id())).isNull();
        assertThat(records.remove("late")).isEqualTo(early.row());
    }
}
