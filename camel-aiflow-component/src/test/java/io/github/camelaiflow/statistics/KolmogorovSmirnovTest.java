package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KolmogorovSmirnovTest {

    private final KolmogorovSmirnov test = new KolmogorovSmirnov();

    @ParameterizedTest
    @CsvSource({"6, 5", "7, 7", "8, 3", "3, 9", "2, 10", "9, 6"})
    void criticalValueIsTheLargestStatisticThatDoesNotReject(int n, int m) {
        TreeMap<Long, Double> chances = distribution(n, m);
        for (double level : new double[] {0.5, 0.3, 0.1, 0.05, 0.01, 0.001}) {
            double tail = 1;
            double expected = 0;
            for (Map.Entry<Long, Double> step : chances.entrySet()) {
                if (tail > level + 1e-12) {
                    expected = (double) step.getKey() / ((long) n * m);
                }
                tail -= step.getValue();
            }
            assertThat(test.criticalValue(n, m, level)).as("level " + level).isCloseTo(expected, within(1e-12));
            assertThat(KolmogorovSmirnov.canReject(n, m, level)).isEqualTo(expected < 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"50, 40", "1000, 1000", "999, 1000", "20000, 50", "40, 20000"})
    void ownTailAgreesWithTheLibrary(int n, int m) {
        UniformRandomProvider random = SeededRandom.stream(1, n, m);
        double[] x = random.doubles(n).toArray();
        double[] y = random.doubles(m).map(u -> u * 0.97 + 0.03).toArray();
        KolmogorovSmirnov.Result result = test.test(x, y);
        long lattice = (long) n * m / gcd(n, m);
        double own = KolmogorovSmirnov.exceedance(n, m, Math.round(result.statistic() * lattice), lattice);
        assertThat(own).isCloseTo(result.pValue(), within(1e-9 * result.pValue()));
    }

    @Test
    void rejectsExactlyAboveTheCriticalValue() {
        UniformRandomProvider random = SeededRandom.stream(2);
        int rejected = 0;
        for (int i = 0; i < 500; i++) {
            int n = 5 + random.nextInt(200);
            int m = 5 + random.nextInt(60);
            double shift = random.nextDouble() * 0.4;
            double[] x = random.doubles(n).toArray();
            double[] y = random.doubles(m).map(u -> u + shift).toArray();
            KolmogorovSmirnov.Result result = test.test(x, y);
            boolean rejects = result.pValue() <= 0.05;
            assertThat(result.statistic() > test.criticalValue(n, m, 0.05) + 1e-12)
                    .isEqualTo(rejects);
            rejected += rejects ? 1 : 0;
        }
        assertThat(rejected).isBetween(50, 450);
    }

    @Test
    void theCriticalValueShownForLargeSamplesLeavesTheStatisticOnItsSide() {
        UniformRandomProvider random = SeededRandom.stream(5);
        for (int i = 0; i < 20; i++) {
            int n = 3000 + random.nextInt(3000);
            int m = 400 + random.nextInt(700);
            double exact = test.criticalValue(n, m, 0.01);
            for (double factor : new double[] {0.2, 0.9, 0.951, 0.999999, 1.000001, 1.049, 1.1, 3}) {
                double shown = test.criticalValue(n, m, 0.01, exact * factor);
                assertThat(shown).isCloseTo(exact, within(0.02 * exact));
                assertThat(exact * factor > shown).isEqualTo(factor > 1);
            }
        }
    }

    @Test
    void pValuesOfLargeSamplesAreExactWhereSomethingIsDecided() {
        UniformRandomProvider random = SeededRandom.stream(6);
        int exact = 0;
        for (int i = 0; i < 40; i++) {
            double[] x = random.doubles(3000).toArray();
            double[] y = random.doubles(500).map(u -> u + 0.03).toArray();
            KolmogorovSmirnov.Result result = test.test(x, y);
            long lattice = 3000;
            double own = KolmogorovSmirnov.exceedance(3000, 500, Math.round(result.statistic() * lattice), lattice);
            double error = result.pValue() <= 0.15 ? 1e-9 : 0.05;
            assertThat(result.pValue()).isCloseTo(own, within(error * own));
            exact += result.pValue() <= 0.15 ? 1 : 0;
        }
        assertThat(exact).isBetween(5, 35);
    }

    @Test
    void tiesMakeItConservative() {
        UniformRandomProvider random = SeededRandom.stream(3);
        int trials = 4000;
        int rejected = 0;
        for (int i = 0; i < trials; i++) {
            double[] x = random.ints(60, 0, 4).asDoubleStream().toArray();
            double[] y = random.ints(40, 0, 4).asDoubleStream().toArray();
            rejected += test.test(x, y).pValue() <= 0.1 ? 1 : 0;
        }
        assertThat(rejected).isPositive();
        assertThat(BinomialDistribution.of(trials, 0.1).survivalProbability(rejected - 1))
                .isGreaterThan(0.5);
    }

    @Test
    void tooFewValuesCanNeverReject() {
        assertThat(KolmogorovSmirnov.canReject(1, 1000, 0.1)).isFalse();
        assertThat(KolmogorovSmirnov.canReject(0, 1000, 0.1)).isFalse();
        assertThat(KolmogorovSmirnov.canReject(3, 3, 0.1)).isTrue();
        assertThat(KolmogorovSmirnov.canReject(3, 3, 0.0999)).isFalse();
        assertThat(test.criticalValue(3, 3, 0.05)).isEqualTo(1);
    }

    /** How likely each statistic, in units of 1/(n m), is when every division of n + m values is as likely: all are listed. */
    private static TreeMap<Long, Double> distribution(int n, int m) {
        TreeMap<Long, Double> chances = new TreeMap<>();
        long divisions = 0;
        for (int mask = 0; mask < 1 << (n + m); mask++) {
            if (Integer.bitCount(mask) == n) {
                long largest = 0;
                long gap = 0;
                for (int i = 0; i < n + m; i++) {
                    gap += (mask >> i & 1) == 1 ? m : -n;
                    largest = Math.max(largest, Math.abs(gap));
                }
                chances.merge(largest, 1.0, Double::sum);
                divisions++;
            }
        }
        double all = divisions;
        chances.replaceAll((statistic, count) -> count / all);
        return chances;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Test
    void statisticIsTheLargestGapBetweenTheDistributionFunctions() {
        double[] x = {1, 2, 3, 4};
        double[] y = {3, 3.5, 5, 6};
        assertThat(test.test(x, y).statistic()).isEqualTo(0.5);
        assertThat(Arrays.equals(x, new double[] {1, 2, 3, 4})).isTrue();
    }
}
