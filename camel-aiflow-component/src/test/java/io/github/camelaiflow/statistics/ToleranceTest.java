package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class ToleranceTest {

    @Test
    void sampleSizesAreThoseOfWilks() {
        assertThat(Tolerance.sampleSize(0.95, 0.95)).isEqualTo(93);
        assertThat(Tolerance.sampleSize(0.9, 0.95)).isEqualTo(46);
        assertThat(Tolerance.sampleSize(0.99, 0.95)).isEqualTo(473);
        assertThat(Tolerance.lowerLimit(58, 0.95, 0.95)).isZero();
        assertThat(Tolerance.lowerLimit(59, 0.95, 0.95)).isEqualTo(1);
        assertThat(Tolerance.upperLimit(59, 0.95, 0.95)).isEqualTo(59);
        assertThat(Tolerance.upperLimit(58, 0.95, 0.95)).isEqualTo(59);
        assertThat(Tolerance.lowerLimit(0, 0.95, 0.95)).isZero();
    }

    @Test
    void theMediansLimitsAreThoseOfTheSignTest() {
        // n = 10: P(X(2) <= median) = 1 - 11/1024, P(X(3) <= median) = 1 - 56/1024
        assertThat(Tolerance.lowerQuantileLimit(10, 0.5, 0.95)).isEqualTo(2);
        assertThat(Tolerance.lowerQuantileLimit(10, 0.5, 0.94)).isEqualTo(3);
        assertThat(Tolerance.upperQuantileLimit(10, 0.5, 0.95)).isEqualTo(9);
    }

    @Test
    void limitsHoldAsOftenAsStated() {
        int n = 300;
        int trials = 4000;
        int lower = 0;
        int both = 0;
        int quantile = 0;
        int order = (int) Tolerance.lowerLimit(n, 0.95, 0.9);
        int cut = (int) Tolerance.trimmed(n, 0.95, 0.9);
        int above = (int) Tolerance.upperQuantileLimit(n, 0.7, 0.9);
        UniformRandomProvider random = SeededRandom.stream(11);
        for (int trial = 0; trial < trials; trial++) {
            double[] sample = random.doubles(n).sorted().toArray();
            lower += 1 - sample[order - 1] >= 0.95 ? 1 : 0;
            both += sample[n - cut] - sample[cut - 1] >= 0.95 ? 1 : 0;
            quantile += sample[above - 1] >= 0.7 ? 1 : 0;
        }
        // Four standard deviations below 90 %; order statistics are discrete, so the true chance is above.
        for (int held : new int[] {lower, both, quantile}) {
            assertThat(held / (double) trials).isBetween(0.881, 0.97);
        }
    }

    @Test
    void largerSamplesCutMore() {
        long last = 0;
        for (long n : new long[] {93, 500, 10_000, 1_000_000, 1_000_000_000}) {
            long cut = Tolerance.trimmed(n, 0.95, 0.95);
            assertThat(cut).isGreaterThan(last).isLessThan((long) (0.025 * n));
            last = cut;
        }
        assertThat(last / 1e9).isGreaterThan(0.0249);
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tolerance.lowerLimit(-1, 0.5, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Tolerance.trimmed(5, 1, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> Tolerance.sampleSize(0.5, 1));
    }
}
