package io.github.camelaiflow.feedback.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void anErrorIsAnotherLabel() {
        assertThat(Losses.error(labelled("yes", Map.of(), "yes"))).isZero();
        assertThat(Losses.error(labelled("yes", Map.of(), "no"))).isEqualTo(1);
        assertThat(Losses.error(valued(1, 1))).isNaN();
    }

    @Test
    void brierOfTwoLabelsIsTheSquaredDistanceOfOneProbability() {
        Map<String, Double> scores = Map.of("yes", 0.8, "no", 0.2);
        assertThat(Losses.brier(labelled("yes", scores, "yes"))).isEqualTo(0.04, within(1e-12));
        assertThat(Losses.brier(labelled("yes", scores, "no"))).isEqualTo(0.64, within(1e-12));
        assertThat(Losses.brier(labelled("yes", Map.of("yes", 0.8), "yes"))).isEqualTo(0.04, within(1e-12));
        assertThat(Losses.brier(labelled("yes", Map.of("yes", 0.8), "no"))).isEqualTo(0.64, within(1e-12));
    }

    @Test
    void brierOfManyLabels() {
        Map<String, Double> scores = Map.of("a", 0.5, "b", 0.3, "c", 0.2);
        assertThat(Losses.brier(labelled("a", scores, "b"))).isEqualTo((0.25 + 0.49 + 0.04) / 2, within(1e-12));
        assertThat(Losses.brier(labelled("a", scores, "unheard of")))
                .isEqualTo((0.25 + 0.09 + 0.04 + 1) / 2, within(1e-12));
        assertThat(Losses.brier(labelled("a", Map.of("a", 1.0, "b", 0.0), "c"))).isEqualTo(1);
    }

    @Test
    void logLossIsScaledAndClipped() {
        Map<String, Double> scores = Map.of("yes", 0.001, "no", 0.999);
        assertThat(Losses.logLoss(labelled("no", scores, "yes"))).isEqualTo(0.5, within(1e-12));
        assertThat(Losses.logLoss(labelled("no", Map.of("no", 1.0, "yes", 0.0), "yes")))
                .isEqualTo(1);
        assertThat(Losses.logLoss(labelled("no", Map.of("no", 1.0, "yes", 0.0), "no")))
                .isZero();
        assertThat(Losses.logLoss(labelled("no", Map.of("no", 0.999), "yes"))).isEqualTo(0.5, within(1e-12));
        assertThat(Losses.logLoss(labelled("no", scores, "unheard of"))).isEqualTo(1);
    }

    @Test
    void errorsOfValuesAreScaledByTheGreatestThatMatters() {
        assertThat(Losses.absoluteError(valued(10, 12), 8)).isEqualTo(0.25);
        assertThat(Losses.absoluteError(valued(10, 30), 8)).isEqualTo(1);
        assertThat(Losses.squaredError(valued(10, 12), 8)).isEqualTo(0.0625);
        assertThat(Losses.absoluteError(valued(Double.POSITIVE_INFINITY, 12), 8))
                .isEqualTo(1);
        assertThat(Losses.absoluteError(labelled("a", Map.of(), "b"), 8)).isNaN();
        assertThatThrownBy(() -> Losses.absoluteError(valued(1, 2), 0)).hasMessageContaining("above 0");
    }

    @Test
    void withoutProbabilitiesThereIsNoLossOfThem() {
        assertThat(Losses.brier(labelled("yes", Map.of(), "yes"))).isNaN();
        assertThat(Losses.logLoss(labelled("yes", Map.of(), "yes"))).isNaN();
        assertThat(Losses.brier(valued(1, 1))).isNaN();
    }

    @Test
    void allLossesAreFromNoughtToOne() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Map<String, Double> scores = new HashMap<>();
            for (int k = 0; k < 1 + random.nextInt(4); k++) {
                // models give odd probabilities, too: they need not sum to 1
                scores.put("label" + k, random.nextInt(10) == 0 ? random.nextInt(2) : random.nextDouble());
            }
            Outcome labelled = labelled("label0", scores, "label" + random.nextInt(5));
            Outcome valued = valued(1000 * random.nextGaussian(), 1000 * random.nextGaussian());
            for (Loss loss : Loss.values()) {
                double value = loss.of(loss.regression() ? valued : labelled, 500);
                assertThat(value).as("%s", loss).isBetween(0.0, 1.0);
            }
        }
    }

    private static Outcome labelled(String label, Map<String, Double> scores, String truth) {
        Predicted predicted = new Predicted("p", null, "v1", null, label, Double.NaN, scores, null, TIME);
        return new Outcome(predicted, new Truth(truth, Double.NaN, 1, TIME));
    }

    private static Outcome valued(double value, double truth) {
        Predicted predicted = new Predicted("p", null, "v1", null, null, value, Map.of(), null, TIME);
        return new Outcome(predicted, new Truth(null, truth, 1, TIME));
    }
}
