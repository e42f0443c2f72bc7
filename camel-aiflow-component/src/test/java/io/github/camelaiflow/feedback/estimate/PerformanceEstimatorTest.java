package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate.Method;
import io.github.camelaiflow.feedback.estimate.Streams.Mix;
import io.github.camelaiflow.feedback.estimate.Trust.Verdict;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class PerformanceEstimatorTest {

    private static final EstimateConfig CONFIG = EstimateConfig.DEFAULT.withPositive("yes");

    private static List<Outcome> rows(int size, int seed) {
        return Streams.calibrated().rows(size, Mix.REFERENCE, SeededRandom.stream(seed));
    }

    private static PerformanceEstimator estimator() {
        return PerformanceEstimator.of(Streams.baseline(rows(1000, 1), false), CONFIG);
    }

    @Test
    void aWindowsMetricsStandInTheirBandsAndTheSameSeedGivesTheSame() {
        List<Predicted> window = Streams.predicted(rows(500, 2));
        PerformanceEstimate estimate = estimator().estimate(window);
        assertThat(estimate.metrics()).extracting(EstimatedMetric::metric).containsExactly(Metric.values());
        assertThat(estimate.metrics()).allSatisfy(each -> {
            assertThat(each.value()).isBetween(each.lower(), each.upper());
            assertThat(each.lower()).isGreaterThanOrEqualTo(0);
            assertThat(each.upper()).isLessThanOrEqualTo(1);
        });
        assertThat(estimate.trust().verdict()).isEqualTo(Verdict.BELIEVED);
        assertThat(estimate.method()).isEqualTo(Method.CBPE);
        assertThat(estimator().estimate(window)).isEqualTo(estimate);
    }

    @Test
    void expectedErrorsMakeTheErrorRate() {
        List<Predicted> window = Streams.predicted(rows(500, 2));
        double sum = 0;
        for (double error : estimator().expectedErrors(window)) {
            sum += error;
        }
        assertThat(sum / 500)
                .isCloseTo(
                        estimator()
                                .estimate(window)
                                .metric(Metric.ERROR_RATE)
                                .orElseThrow()
                                .value(),
                        within(1e-12));
    }

    @Test
    void theJsonShowsNoValue() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(estimator().estimate(Streams.predicted(rows(100, 2))).toString());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "method",
                        "verdict",
                        "doubts",
                        "metrics",
                        "calibrated",
                        "referenceRows",
                        "windowRows",
                        "unusable",
                        "outside",
                        "sampled");
        assertThat(json.at("/metrics/roc_auc/lower").isNumber()).isTrue();
        assertThat(new BaselineRow(Map.of("yes", 0.123), "yes", "no", Map.of()).toString())
                .doesNotContain("yes");
    }

    @Test
    void tooLittleIsAnAnswerOfItsOwn() {
        PerformanceEstimate empty = estimator().estimate(List.of());
        assertThat(empty.trust()).isEqualTo(Trust.of(List.of(Doubt.WINDOW_TOO_SMALL)));
        assertThat(empty.trust().verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(empty.metrics()).isEmpty();
        assertThat(empty.toJson()).contains("INSUFFICIENT_DATA").doesNotContain("NaN");
        assertThat(estimator().estimate(Streams.predicted(rows(1, 2))).trust().verdict())
                .isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(estimator().check(rows(1, 2)).trust().verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);

        PerformanceEstimator none = PerformanceEstimator.of(List.of(), CONFIG);
        assertThat(none.estimate(Streams.predicted(rows(100, 2))).trust().doubts())
                .containsExactly(Doubt.REFERENCE_TOO_SMALL);
        assertThat(none.expectedErrors(Streams.predicted(rows(1, 2)))).containsExactly(Double.NaN);
        PerformanceEstimator noLabels = PerformanceEstimator.of(List.of(), EstimateConfig.DEFAULT);
        assertThat(noLabels.estimate(Streams.predicted(rows(100, 2))).trust().verdict())
                .isEqualTo(Verdict.INSUFFICIENT_DATA);
    }

    @Test
    void aReferenceOfOneClassSaysNothing() {
        for (boolean only : new boolean[] {true, false}) {
            List<BaselineRow> reference = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                reference.add(BaselineRow.of(Streams.outcome(i, i / 300.0, only, null), null));
            }
            PerformanceEstimator estimator = PerformanceEstimator.of(reference, CONFIG);
            assertThat(estimator.trust(Method.CBPE).doubts()).containsExactly(Doubt.REFERENCE_ONE_CLASS);
            assertThat(estimator.estimate(Streams.predicted(rows(100, 2))).metrics())
                    .isEmpty();
        }
    }

    @Test
    void constantScoresKnowNoOrder() {
        UniformRandomProvider random = SeededRandom.stream(5);
        List<Outcome> reference = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            reference.add(Streams.outcome(i, 0.9, random.nextDouble() < 0.3, null));
        }
        PerformanceEstimate estimate = PerformanceEstimator.of(Streams.baseline(reference, false), CONFIG)
                .estimate(Streams.predicted(reference.subList(0, 200)));
        assertThat(estimate.calibrated()).isTrue();
        assertThat(estimate.metric(Metric.ROC_AUC).orElseThrow())
                .isEqualTo(new EstimatedMetric(Metric.ROC_AUC, 0.5, 0.5, 0.5));
        assertThat(estimate.metric(Metric.ACCURACY).orElseThrow().value()).isCloseTo(0.3, within(0.05));
    }

    @Test
    void scoresThatAreNoProbabilitiesAreLeftOutAndCounted() {
        List<Predicted> window = new ArrayList<>(Streams.predicted(rows(100, 2)));
        for (double score : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.1, 1.1}) {
            window.add(Streams.outcome(0, score, true, null).predicted());
        }
        window.add(new Predicted("a", null, "v", null, "yes", Double.NaN, Map.of(), null, Instant.EPOCH));
        window.add(new Predicted("a", null, "v", null, null, 3, Map.of("yes", 0.5), null, Instant.EPOCH));
        PerformanceEstimate estimate = estimator().estimate(window);
        assertThat(estimate.unusable()).isEqualTo(6);
        assertThat(estimate.windowRows()).isEqualTo(100);
        assertThat(estimate.metrics())
                .isEqualTo(estimator().estimate(window.subList(0, 100)).metrics());
        assertThat(estimator()
                        .estimate(Collections.nCopies(200, window.get(100)))
                        .trust()
                        .verdict())
                .isEqualTo(Verdict.INSUFFICIENT_DATA);
    }

    @Test
    void scoresBeyondTheReferencesAreTold() {
        List<BaselineRow> reference = new ArrayList<>();
        UniformRandomProvider random = SeededRandom.stream(6);
        for (int i = 0; i < 1000; i++) {
            double score = 0.4 + 0.2 * random.nextDouble();
            reference.add(BaselineRow.of(Streams.outcome(i, score, random.nextDouble() < score, null), null));
        }
        PerformanceEstimate estimate =
                PerformanceEstimator.of(reference, CONFIG).estimate(Streams.predicted(rows(500, 2)));
        assertThat(estimate.trust().doubts()).contains(Doubt.OUTSIDE_REFERENCE);
    }

    @Test
    void aHugeWindowIsSampled() {
        List<Outcome> window = rows(30_000, 3);
        EstimateConfig config = CONFIG.withMostRows(2000);
        PerformanceEstimate estimate = PerformanceEstimator.of(Streams.baseline(rows(5000, 1), false), config)
                .estimate(Streams.predicted(window));
        assertThat(estimate.sampled()).isTrue();
        assertThat(estimate.windowRows()).isEqualTo(2000);
        double[] truth = Streams.realised(window);
        assertThat(estimate.metrics())
                .allSatisfy(each -> assertThat(truth[each.metric().ordinal()]).isBetween(each.lower(), each.upper()));
    }

    @Test
    void severalLabelsAreEstimatedEachAgainstTheRest() {
        List<Outcome> reference = threeClasses(3000, SeededRandom.stream(8));
        List<Outcome> window = threeClasses(1000, SeededRandom.stream(9));
        EstimateConfig config = EstimateConfig.DEFAULT;
        PerformanceEstimator estimator = PerformanceEstimator.of(Streams.baseline(reference, false), config);
        PerformanceEstimate estimate = estimator.estimate(Streams.predicted(window));
        ScoredRows rows = ScoredRows.ofOutcomes(new Labels(List.of("a", "b", "c"), false), window, null, config);
        double[] truth = new Quality(rows).of(rows.truth);
        assertThat(estimate.metrics())
                .hasSize(Metric.values().length)
                .allSatisfy(each -> assertThat(truth[each.metric().ordinal()]).isBetween(each.lower(), each.upper()));
        assertThat(estimator.check(window).trust().verdict()).isEqualTo(Verdict.BELIEVED);
    }

    private static List<Outcome> threeClasses(int size, UniformRandomProvider random) {
        List<Outcome> rows = new ArrayList<>();
        List<String> names = List.of("a", "b", "c");
        for (int i = 0; i < size; i++) {
            double[] p = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            double sum = p[0] + p[1] + p[2];
            double drawn = random.nextDouble() * sum;
            String truth = drawn < p[0] ? "a" : drawn < p[0] + p[1] ? "b" : "c";
            Map<String, Double> scores = new HashMap<>();
            String label = "a";
            for (int c = 0; c < 3; c++) {
                scores.put(names.get(c), p[c] / sum);
                label = p[c] > p[names.indexOf(label)] ? names.get(c) : label;
            }
            Predicted predicted =
                    new Predicted("p" + i, null, "v", null, label, Double.NaN, scores, null, Instant.EPOCH);
            rows.add(new Outcome(predicted, new Truth(truth, Double.NaN, 1, Instant.EPOCH)));
        }
        return rows;
    }

    @Test
    void categoriesMissingValuesAndInfinitiesAreInputsToo() {
        UniformRandomProvider random = SeededRandom.stream(10);
        List<Outcome> reference = rows(1000, 11);
        List<BaselineRow> baseline = new ArrayList<>();
        for (Outcome outcome : reference) {
            baseline.add(BaselineRow.of(outcome, odd(random, 5)));
        }
        PerformanceEstimator estimator = PerformanceEstimator.of(baseline, CONFIG);
        List<Outcome> window = rows(300, 12);
        List<Map<String, Object>> records = new ArrayList<>();
        window.forEach(outcome -> records.add(odd(random, 5)));
        PerformanceEstimate estimate = estimator.estimate(Streams.predicted(window), records);
        assertThat(estimate.method()).isEqualTo(Method.WEIGHTED);
        assertThat(estimate.trust().verdict()).isEqualTo(Verdict.BELIEVED);
        assertThat(estimate.effectiveRows()).isGreaterThan(800);
        records.replaceAll(row -> odd(random, 5000));
        assertThat(estimator
                        .estimate(Streams.predicted(window), records)
                        .trust()
                        .doubts())
                .contains(Doubt.OUTSIDE_REFERENCE);
        records.replaceAll(row -> Map.of("number", "text"));
        assertThat(estimator.estimate(Streams.predicted(window), records).outside())
                .isEqualTo(1);
    }

    @Test
    void oneValueFarOutDoesNotHideHowInputsMoved() {
        UniformRandomProvider random = SeededRandom.stream(13);
        List<BaselineRow> baseline = new ArrayList<>();
        for (Outcome outcome : rows(1000, 14)) {
            double x = random.nextInt(200) == 0 ? Double.MAX_VALUE : random.nextDouble();
            baseline.add(BaselineRow.of(outcome, Map.of("x", x)));
        }
        PerformanceEstimator estimator = PerformanceEstimator.of(baseline, CONFIG);
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(Map.of("x", 0.5 + random.nextDouble() / 2));
        }
        PerformanceEstimate estimate = estimator.estimate(Streams.predicted(rows(500, 15)), records);
        assertThat(estimate.effectiveRows()).isBetween(300.0, 800.0);
    }

    private static Map<String, Object> odd(UniformRandomProvider random, int kinds) {
        Map<String, Object> row = new HashMap<>();
        row.put("kind", "k" + random.nextInt(kinds));
        row.put("number", random.nextInt(10) == 0 ? null : random.nextInt(10) == 0 ? Double.POSITIVE_INFINITY : 1e300);
        row.put("flag", random.nextBoolean());
        row.put("constant", 7);
        return row;
    }

    @Test
    void whatIsAskedWronglyIsToldWithItsPlace() {
        assertThatThrownBy(() -> estimator().estimate(Streams.predicted(rows(5, 1)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one record a prediction");
        assertThatThrownBy(() -> PerformanceEstimator.of(
                        Streams.baseline(rows(300, 1), true), CONFIG.withFields(List.of("nowhere"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> CONFIG.withLevel(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("level");
        assertThatThrownBy(() -> CONFIG.withAlpha(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alpha");
        assertThatThrownBy(() -> CONFIG.withMostRows(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mostRows");
    }
}
