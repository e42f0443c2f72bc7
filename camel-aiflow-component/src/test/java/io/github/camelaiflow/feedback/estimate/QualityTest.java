package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.feedback.outcome.Predicted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityTest {

    private static final double EXACT = 1e-9;

    private static double[] expected(double[] scores, double[] probabilities) {
        List<Predicted> window = new ArrayList<>();
        for (double score : scores) {
            window.add(predicted(score >= 0.5 ? "yes" : "no", Map.of("yes", score)));
        }
        ScoredRows rows = ScoredRows.ofWindow(new Labels(List.of("yes"), true), window, null, EstimateConfig.DEFAULT);
        return new Quality(rows).of(new double[][] {probabilities});
    }

    private static Predicted predicted(String label, Map<String, Double> scores) {
        return new Predicted("p", null, "v", null, label, Double.NaN, scores, null, Instant.EPOCH);
    }

    private static double of(double[] metrics, Metric metric) {
        return metrics[metric.ordinal()];
    }

    @Test
    void expectedQualityIsThatOfCbpeByHand() {
        double[] scores = {0.3, 0.9, 0.6, 0.1, 0.8};
        double[] metrics = expected(scores, scores);
        // TP .9 + .8 + .6, FP .1 + .2 + .4, FN .3 + .1, TN .7 + .9
        assertThat(of(metrics, Metric.ACCURACY)).isCloseTo(3.9 / 5, within(EXACT));
        assertThat(of(metrics, Metric.ERROR_RATE)).isCloseTo(1.1 / 5, within(EXACT));
        assertThat(of(metrics, Metric.PRECISION)).isCloseTo(2.3 / 3, within(EXACT));
        assertThat(of(metrics, Metric.RECALL)).isCloseTo(2.3 / 2.7, within(EXACT));
        assertThat(of(metrics, Metric.F1)).isCloseTo(4.6 / 5.7, within(EXACT));
        assertThat(of(metrics, Metric.BRIER)).isCloseTo(0.79 / 5, within(EXACT));
        // Trapezes under (FP, TP): (.1,.9) (.3,1.7) (.7,2.3) (1.4,2.6) (2.3,2.7)
        assertThat(of(metrics, Metric.ROC_AUC)).isCloseTo(5.205 / (2.7 * 2.3), within(EXACT));
    }

    @Test
    void theCurveIsSweptByScoresAndFilledByCalibratedProbabilities() {
        double[] metrics = expected(new double[] {0.9, 0.6, 0.2}, new double[] {0.7, 0.5, 0.3});
        // (.3,.7) (.8,1.2) (1.5,1.5)
        double area = 0.3 * 0.35 + 0.5 * 0.95 + 0.7 * 1.35;
        assertThat(of(metrics, Metric.ROC_AUC)).isCloseTo(area / 2.25, within(EXACT));
        assertThat(of(metrics, Metric.BRIER))
                .isCloseTo(
                        (0.7 * 0.01 + 0.3 * 0.81 + 0.5 * 0.16 + 0.5 * 0.36 + 0.3 * 0.64 + 0.7 * 0.04) / 3,
                        within(EXACT));
    }

    @Test
    void rowsOfEqualScoreAreNoOrder() {
        assertThat(of(expected(new double[] {0.4, 0.4, 0.4}, new double[] {1, 0, 1}), Metric.ROC_AUC))
                .isCloseTo(0.5, within(EXACT));
    }

    @Test
    void whatIsNotDefinedIsNaN() {
        double[] metrics = expected(new double[] {0.1, 0.2}, new double[] {0, 0});
        assertThat(of(metrics, Metric.PRECISION)).isNaN();
        assertThat(of(metrics, Metric.RECALL)).isNaN();
        assertThat(of(metrics, Metric.ROC_AUC)).isNaN();
        assertThat(of(metrics, Metric.ACCURACY)).isEqualTo(1);
    }

    @Test
    void severalClassesAreEachAgainstTheRest() {
        Labels labels = new Labels(List.of("a", "b", "c"), false);
        List<Predicted> window = List.of(
                predicted("a", Map.of("a", 0.7, "b", 0.2, "c", 0.1)),
                predicted("b", Map.of("a", 0.3, "b", 0.6, "c", 0.1)),
                predicted("a", Map.of("a", 0.5, "b", 0.1, "c", 0.4)));
        ScoredRows rows = ScoredRows.ofWindow(labels, window, null, EstimateConfig.DEFAULT);
        double[] metrics = new Quality(rows).of(rows.scores);
        assertThat(of(metrics, Metric.ACCURACY)).isCloseTo(1.8 / 3, within(EXACT));
        // a: TP 1.2 of 2, FN .3; b: TP .6 of 1, FN .3; c: never predicted
        assertThat(of(metrics, Metric.PRECISION)).isCloseTo((0.6 + 0.6) / 2, within(EXACT));
        assertThat(of(metrics, Metric.RECALL)).isCloseTo((1.2 / 1.5 + 0.6 / 0.9 + 0) / 3, within(EXACT));
        assertThat(of(metrics, Metric.F1)).isCloseTo((2.4 / 3.5 + 1.2 / 1.9 + 0) / 3, within(EXACT));
        double sum = 0;
        for (double[] scores : rows.scores) {
            for (double p : scores) {
                sum += p * (1 - p);
            }
        }
        assertThat(of(metrics, Metric.BRIER)).isCloseTo(sum / 3 / 2, within(EXACT));
    }
}
