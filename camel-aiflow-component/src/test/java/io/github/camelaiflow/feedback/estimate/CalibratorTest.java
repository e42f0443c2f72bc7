package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class CalibratorTest {

    @Test
    void violatorsArePooledAndSmallBlocksToo() {
        double[] scores = new double[90];
        double[] truth = new double[90];
        for (int i = 0; i < 90; i++) {
            int group = i / 30;
            scores[i] = 0.2 + 0.3 * group;
            // 10 of 30, then 5 of 30, which is less, then 24 of 30
            truth[i] = i % 30 < new int[] {10, 5, 24}[group] ? 1 : 0;
        }
        IsotonicFit fit = fit(scores, truth);
        assertThat(fit.blocks()).isEqualTo(2);
        assertThat(fit.value(0)).isCloseTo(15.5 / 61, within(1e-12));
        assertThat(fit.value(0.35)).isCloseTo(15.5 / 61, within(1e-12));
        assertThat(fit.value(1)).isCloseTo(24.5 / 31, within(1e-12));
        assertThat(fit.value((0.35 + 0.8) / 2)).isCloseTo((15.5 / 61 + 24.5 / 31) / 2, within(1e-12));
    }

    @Test
    void theFitNeverFallsAndKeepsTheSum() {
        for (int seed = 0; seed < 50; seed++) {
            UniformRandomProvider random = SeededRandom.stream(seed);
            double[] scores = random.doubles(300).toArray();
            double[] truth = Arrays.stream(scores)
                    .map(s -> random.nextDouble() < s * s ? 1 : 0)
                    .toArray();
            IsotonicFit fit = fit(scores, truth);
            double last = 0;
            for (double score = 0; score <= 1; score += 0.01) {
                assertThat(fit.value(score)).isBetween(last, 1.0);
                last = fit.value(score);
            }
            double sum = Arrays.stream(scores).map(fit::value).sum();
            assertThat(sum / 300).isCloseTo(Arrays.stream(truth).sum() / 300, within(0.03));
        }
    }

    @Test
    void aConstantScoreIsOneBlock() {
        double[] scores = new double[100];
        double[] truth = new double[100];
        Arrays.fill(scores, 0.5);
        Arrays.fill(truth, 0, 20, 1);
        assertThat(fit(scores, truth).blocks()).isEqualTo(1);
        assertThat(fit(scores, truth).value(0.9)).isCloseTo(20.5 / 101, within(1e-12));
    }

    @Test
    void weightsCountRows() {
        double[] scores = {0.1, 0.1, 0.9, 0.9};
        double[] truth = {0, 1, 0, 1};
        double[] weights = {300, 100, 100, 300};
        IsotonicFit fit = IsotonicFit.of(Calibrator.order(scores), scores, truth, weights);
        // Fewer than 20 rows in effect: one block, half of it positive
        assertThat(fit.blocks()).isEqualTo(1);
        assertThat(fit.value(0.5)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void theErrorIsTheWeightedDistanceInTenBins() {
        double[] probabilities = {0.15, 0.19, 0.95, 1};
        double[] truth = {0, 1, 1, 1};
        double error = (Math.abs(0.34 - 1) + Math.abs(1.95 - 2)) / 4;
        assertThat(Calibrator.calibrationError(probabilities, truth, new double[] {1, 1, 1, 1}))
                .isCloseTo(error, within(1e-12));
    }

    @Test
    void onlyBentScoresAreReplaced() {
        int bent = 0;
        int straight = 0;
        for (int seed = 0; seed < 20; seed++) {
            UniformRandomProvider random = SeededRandom.stream(seed);
            double[] p = random.doubles(5000).toArray();
            double[] truth =
                    Arrays.stream(p).map(s -> random.nextDouble() < s ? 1 : 0).toArray();
            double[] ones = new double[p.length];
            Arrays.fill(ones, 1);
            straight += Calibrator.of(p, truth, ones, seed).used() ? 1 : 0;
            bent += Calibrator.of(Arrays.stream(p).map(Math::sqrt).toArray(), truth, ones, seed)
                            .used()
                    ? 1
                    : 0;
        }
        assertThat(bent).isEqualTo(20);
        assertThat(straight).isLessThan(10);
    }

    private static IsotonicFit fit(double[] scores, double[] truth) {
        double[] ones = new double[scores.length];
        Arrays.fill(ones, 1);
        return IsotonicFit.of(Calibrator.order(scores), scores, truth, ones);
    }
}
