package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultivariateHypergeometricTest {

    private static final int SAMPLES = 200_000;

    @ParameterizedTest
    @CsvSource({
        "30, 70, 40",
        "70, 30, 40",
        "30, 70, 90",
        "5, 995, 20",
        "995, 5, 980",
        "300, 700, 500",
        "2000, 19000, 1000",
        "7, 993, 300",
        "2, 3, 3",
        "12, 12, 12",
        "300000, 99700000, 9000"
    })
    void oneColourFollowsTheExactDistribution(int marked, int others, int draws) {
        HypergeometricDistribution exact = HypergeometricDistribution.of(marked + others, marked, draws);
        MultivariateHypergeometric sampler = new MultivariateHypergeometric(
                new int[] {marked, others}, draws, SeededRandom.stream(7, marked, others, draws));
        long[] observed = new long[marked + 1];
        int[] row = new int[2];
        for (int i = 0; i < SAMPLES; i++) {
            sampler.sample(row);
            observed[row[0]]++;
            assertThat(row[0] + row[1]).isEqualTo(draws);
        }
        double[] expected = new double[marked + 1];
        Arrays.setAll(expected, k -> exact.probability(k) * SAMPLES);
        assertThat(fit(expected, observed)).isGreaterThan(1e-3);
    }

    /** The first is drawn one by one, the second too but for what stays, the third a colour in turn. */
    @ParameterizedTest
    @CsvSource({"4, 9, 12, 10", "4, 9, 30, 35", "8, 30, 90, 60"})
    void threeColoursFollowTheExactJointDistribution(int few, int some, int many, int draws) {
        MultivariateHypergeometric sampler =
                new MultivariateHypergeometric(new int[] {few, some, many}, draws, SeededRandom.stream(8, draws));
        Map<Integer, Integer> seen = new HashMap<>();
        int[] row = new int[3];
        for (int i = 0; i < SAMPLES; i++) {
            sampler.sample(row);
            seen.merge(row[0] * 100 + row[1], 1, Integer::sum);
        }
        HypergeometricDistribution first = HypergeometricDistribution.of(few + some + many, few, draws);
        double[] expected = new double[(few + 1) * (some + 1)];
        long[] observed = new long[expected.length];
        for (int a = 0; a <= few; a++) {
            HypergeometricDistribution second = HypergeometricDistribution.of(some + many, some, draws - a);
            for (int b = 0; b <= some; b++) {
                expected[a * (some + 1) + b] = SAMPLES * first.probability(a) * second.probability(b);
                observed[a * (some + 1) + b] = seen.getOrDefault(a * 100 + b, 0);
            }
        }
        assertThat(fit(expected, observed)).isGreaterThan(1e-3);
    }

    @Test
    void emptyColoursAndDrawingAllOrNothing() {
        int[] row = new int[3];
        new MultivariateHypergeometric(new int[] {0, 5, 9}, 14, SeededRandom.stream(1)).sample(row);
        assertThat(row).containsExactly(0, 5, 9);
        new MultivariateHypergeometric(new int[] {0, 5, 9}, 0, SeededRandom.stream(1)).sample(row);
        assertThat(row).containsExactly(0, 0, 0);
    }

    @Test
    void refusesWhatNoUrnHolds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultivariateHypergeometric(new int[] {2}, 3, SeededRandom.stream(1)))
                .withMessageContaining("draws must be from 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultivariateHypergeometric(new int[] {-1, 2}, 1, SeededRandom.stream(1)));
    }

    /** The p-value of observed counts, cells that expect less than 5 together. */
    private static double fit(double[] expected, long[] observed) {
        double[] cells = new double[expected.length];
        long[] counts = new long[expected.length];
        int last = 0;
        for (int i = 0; i < expected.length; i++) {
            if (cells[last] >= 5) {
                last++;
            }
            cells[last] += expected[i];
            counts[last] += observed[i];
        }
        if (cells[last] < 5 && last > 0) {
            cells[last - 1] += cells[last];
            counts[last - 1] += counts[last];
            last--;
        }
        return ChiSquareTest.withDefaults()
                .test(Arrays.copyOf(cells, last + 1), Arrays.copyOf(counts, last + 1))
                .getPValue();
    }
}
