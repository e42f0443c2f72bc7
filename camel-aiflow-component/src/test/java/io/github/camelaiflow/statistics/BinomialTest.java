package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class BinomialTest {

    @Test
    void limitsAreThoseOfTheTables() {
        assertThat(Binomial.lowerLimit(10, 10, 0.95)).isCloseTo(Math.pow(0.05, 0.1), within(1e-9));
        assertThat(Binomial.upperLimit(0, 100, 0.95)).isCloseTo(1 - Math.pow(0.05, 0.01), within(1e-9));
        // R: binom.test(7, 20)$conf.int
        assertThat(Binomial.lowerLimit(7, 20, 0.975)).isCloseTo(0.1539092, within(1e-7));
        assertThat(Binomial.upperLimit(7, 20, 0.975)).isCloseTo(0.5921885, within(1e-7));
        assertThat(Binomial.lowerLimit(0, 10, 0.95)).isZero();
        assertThat(Binomial.upperLimit(10, 10, 0.95)).isEqualTo(1);
        assertThat(Binomial.lowerLimit(0, 0, 0.95)).isZero();
        assertThat(Binomial.upperLimit(0, 0, 0.95)).isEqualTo(1);
        assertThat(Binomial.lowerLimit(1_000_000_000L, 1_000_000_000L, 0.99)).isCloseTo(1 - 4.605e-9, within(1e-11));
    }

    @Test
    void limitsCoverEveryShare() {
        for (int n : new int[] {1, 5, 30}) {
            for (double confidence : new double[] {0.6, 0.95, 0.999}) {
                double[] limits = new double[n + 1];
                for (int k = 0; k <= n; k++) {
                    limits[k] = Binomial.lowerLimit(k, n, confidence);
                }
                for (double share = 0.005; share < 1; share += 0.005) {
                    double covered = 0;
                    BinomialDistribution outcomes = BinomialDistribution.of(n, share);
                    for (int k = 0; k <= n; k++) {
                        covered += limits[k] <= share ? outcomes.probability(k) : 0;
                    }
                    assertThat(covered).isGreaterThanOrEqualTo(confidence - 1e-9);
                }
            }
        }
    }

    @Test
    void predictionsCoverEveryShareAndAreNotWasteful() {
        for (int[] sizes : new int[][] {{10, 5}, {30, 30}, {50, 10}, {8, 100}}) {
            for (double confidence : new double[] {0.6, 0.95, 0.99}) {
                double best = 1;
                for (double share = 0.01; share < 1; share += 0.01) {
                    double covered = predictionCoverage(sizes[0], sizes[1], confidence, share);
                    assertThat(covered).isGreaterThanOrEqualTo(confidence - 1e-9);
                    best = Math.min(best, covered);
                }
                assertThat(best).isLessThan(confidence + 0.8 * (1 - confidence));
            }
        }
    }

    private static double predictionCoverage(int n, int next, double confidence, double share) {
        BinomialDistribution seen = BinomialDistribution.of(n, share);
        BinomialDistribution coming = BinomialDistribution.of(next, share);
        double covered = 0;
        for (int k = 0; k <= n; k++) {
            int bound = Binomial.lowerPrediction(k, n, next, confidence);
            covered += seen.probability(k) * coming.survivalProbability(bound - 1);
        }
        return covered;
    }

    @Test
    void predictionsRiseWithWhatWasSeen() {
        int last = 0;
        for (int k = 0; k <= 200; k++) {
            int bound = Binomial.lowerPrediction(k, 200, 100, 0.95);
            assertThat(bound).isBetween(last, 100);
            last = bound;
        }
        assertThat(last).isBetween(97, 99);
        assertThat(Binomial.lowerPrediction(0, 0, 10, 0.95)).isZero();
        assertThat(Binomial.lowerPrediction(5, 5, 0, 0.95)).isZero();
        assertThat(Binomial.lowerPrediction(1_000_000, 1_000_000, 1_000_000, 0.95))
                .isBetween(999_995, 999_996);
        assertThat(Binomial.lowerPrediction(500_000, 1_000_000, 1_000_000, 0.975))
                .isBetween(498_600, 498_630);
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Binomial.lowerLimit(3, 2, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> Binomial.upperLimit(-1, 2, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> Binomial.lowerLimit(1, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Binomial.lowerPrediction(1, 2, -1, 0.9));
        assertThatIllegalArgumentException().isThrownBy(() -> Binomial.lowerPrediction(1, Integer.MAX_VALUE, 1, 0.9));
    }
}
