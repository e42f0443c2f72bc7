package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class PermutationTestTest {

    @Test
    void agreesWithTheExactTailOfTwoByTwoTables() {
        int[][] tables = {{90, 10, 40, 10}, {900, 10, 295, 5}, {50, 50, 20, 40}, {1990, 10, 245, 5}};
        for (int[] t : tables) {
            int[] reference = {t[0], t[1]};
            int[] window = {t[2], t[3]};
            PermutationTest test = PermutationTest.of(
                    reference, window, TableStatistic.CHI_SQUARED, 0.0002, SeededRandom.stream(5, t[0], t[2]));
            double exact = exactTail(reference, window);
            double error = 4 * Math.sqrt(exact * (1 - exact) / test.draws()) + 1.0 / test.draws();
            assertThat(test.pValue()).as(Arrays.toString(t)).isCloseTo(exact, within(error));
        }
    }

    @Test
    void chiSquaredIsPearsons() {
        int[] reference = {500, 300, 200};
        int[] window = {80, 70, 50};
        double expected = ChiSquareTest.withDefaults()
                .test(new long[][] {{500, 300, 200}, {80, 70, 50}})
                .getStatistic();
        PermutationTest test =
                PermutationTest.of(reference, window, TableStatistic.CHI_SQUARED, 0.1, SeededRandom.stream(1));
        assertThat(test.statistic()).isCloseTo(expected, within(1e-9));
    }

    /** A table of as many logarithms, or a list of as many records, would fill the memory. */
    @Test
    void countsOfAHundredMillionRecordsCostNoMemory() {
        int[] reference = new int[200];
        Arrays.fill(reference, 500_000);
        int[] window = new int[200];
        Arrays.fill(window, 5);
        int[] moved = window.clone();
        moved[0] = 105;
        moved[1] = 0;
        assertThat(chiSquared(reference, window).pValue()).isGreaterThan(0.5);
        assertThat(chiSquared(reference, moved).pValue()).isLessThan(0.001);
        assertThat(PermutationTest.canReject(Integer.MAX_VALUE, 1000, 1e-6)).isTrue();
        assertThat(LogFactorials.upTo(0)).hasSizeLessThan(2_000_000);
    }

    private static PermutationTest chiSquared(int[] reference, int[] window) {
        return PermutationTest.of(reference, window, TableStatistic.CHI_SQUARED, 0.001, SeededRandom.stream(6));
    }

    @Test
    void logarithmsOfFactorialsGoOnWhereTheTableEnds() {
        double[] table = LogFactorials.upTo(200_000);
        assertThat(LogFactorials.of(200_000, new double[0])).isCloseTo(table[200_000], within(1e-6));
    }

    @Test
    void unseenIsTheShareOfTheWindowTheReferenceLacks() {
        PermutationTest test = PermutationTest.of(
                new int[] {50, 0, 0, 1}, new int[] {6, 3, 1, 0}, TableStatistic.UNSEEN, 0.01, SeededRandom.stream(1));
        assertThat(test.statistic()).isEqualTo(0.4);
        assertThat(test.pValue()).isLessThan(0.01);
    }

    @Test
    void pValueAndCriticalValueDecideAlike() {
        UniformRandomProvider random = SeededRandom.stream(11);
        int rejected = 0;
        for (int i = 0; i < 300; i++) {
            int[] reference = random.ints(5, 0, 40).toArray();
            int[] window = random.ints(5, 1, 12).toArray();
            PermutationTest test =
                    PermutationTest.of(reference, window, TableStatistic.CHI_SQUARED, 0.01, SeededRandom.stream(i));
            for (double level : new double[] {0.01, 0.02, 0.05}) {
                boolean rejects = test.pValue() <= level;
                boolean above = test.statistic() * (1 + 1e-9) > test.criticalValue(level) * (1 + 2e-9);
                assertThat(above).as("table " + i + " level " + level).isEqualTo(rejects);
                rejected += rejects ? 1 : 0;
            }
        }
        assertThat(rejected).isBetween(90, 810);
    }

    @Test
    void holdsItsLevelWithRareCategoriesWhereTheChiSquaredTableDoesNot() {
        int trials = 3000;
        int rejected = 0;
        int asymptotic = 0;
        for (int i = 0; i < trials; i++) {
            UniformRandomProvider random = SeededRandom.stream(12, i);
            int[] reference = counts(random, 400);
            int[] window = counts(random, 40);
            double level = 0.01;
            rejected += PermutationTest.of(reference, window, TableStatistic.CHI_SQUARED, level, random)
                                    .pValue()
                            <= level
                    ? 1
                    : 0;
            asymptotic += asymptoticPValue(reference, window) <= level ? 1 : 0;
        }
        BinomialDistribution nominal = BinomialDistribution.of(trials, 0.01);
        assertThat(nominal.survivalProbability(rejected - 1)).isGreaterThan(1e-3);
        assertThat(nominal.survivalProbability(asymptotic - 1)).isLessThan(1e-6);
    }

    @Test
    void everyLevelHoldsThoughDrawingStopsEarly() {
        int trials = 20_000;
        double[] levels = {0.005, 0.01, 0.02, 0.05, 0.2, 0.5};
        int[] rejected = new int[levels.length];
        for (int i = 0; i < trials; i++) {
            UniformRandomProvider random = SeededRandom.stream(13, i);
            int[] reference = counts(random, 60);
            int[] window = counts(random, 60);
            double p = PermutationTest.of(reference, window, TableStatistic.CHI_SQUARED, 0.02, random)
                    .pValue();
            for (int j = 0; j < levels.length; j++) {
                rejected[j] += p <= levels[j] ? 1 : 0;
            }
        }
        for (int j = 0; j < levels.length; j++) {
            double tail = BinomialDistribution.of(trials, levels[j]).survivalProbability(rejected[j] - 1);
            assertThat(tail).as("level " + levels[j]).isGreaterThan(1e-3);
        }
        assertThat(rejected[3]).isGreaterThan(trials / 40);
    }

    @Test
    void aTableWithoutDifferenceIsSettledEarly() {
        int[] counts = {100, 200, 300};
        PermutationTest calm =
                PermutationTest.of(counts, counts, TableStatistic.CHI_SQUARED, 0.001, SeededRandom.stream(1));
        PermutationTest drifted = PermutationTest.of(
                counts, new int[] {300, 200, 100}, TableStatistic.CHI_SQUARED, 0.001, SeededRandom.stream(1));
        assertThat(calm.draws()).isEqualTo(1000);
        assertThat(drifted.draws()).isEqualTo(9999);
        assertThat(drifted.pValue()).isEqualTo(1e-4);
    }

    @Test
    void knowsWhenItCannotReject() {
        assertThat(PermutationTest.canReject(3, 3, 0.1)).isTrue();
        assertThat(PermutationTest.canReject(3, 3, 0.05)).isFalse();
        assertThat(PermutationTest.canReject(1000, 1000, 1e-6)).isTrue();
        assertThat(PermutationTest.canReject(1000, 1000, 1e-7)).isFalse();
        assertThat(PermutationTest.canReject(0, 1000, 0.1)).isFalse();
    }

    private static double exactTail(int[] reference, int[] window) {
        int[] totals = {reference[0] + window[0], reference[1] + window[1]};
        int size = window[0] + window[1];
        ToDoubleFunction<int[]> statistic = TableStatistic.CHI_SQUARED.on(totals, size);
        double observed = statistic.applyAsDouble(window);
        HypergeometricDistribution exact = HypergeometricDistribution.of(totals[0] + totals[1], totals[0], size);
        double tail = 0;
        for (int k = exact.getSupportLowerBound(); k <= exact.getSupportUpperBound(); k++) {
            if (statistic.applyAsDouble(new int[] {k, size - k}) >= observed * (1 - 1e-10)) {
                tail += exact.probability(k);
            }
        }
        return tail;
    }

    /** 2 common categories and 30 rare ones. */
    private static int[] counts(UniformRandomProvider random, int size) {
        int[] counts = new int[32];
        for (int i = 0; i < size; i++) {
            double u = random.nextDouble();
            counts[u < 0.6 ? 0 : u < 0.9 ? 1 : 2 + random.nextInt(30)]++;
        }
        return counts;
    }

    private static double asymptoticPValue(int[] reference, int[] window) {
        int[] present = IntStream.range(0, reference.length)
                .filter(i -> reference[i] + window[i] > 0)
                .toArray();
        long[][] table = new long[2][];
        table[0] = Arrays.stream(present).mapToLong(i -> reference[i]).toArray();
        table[1] = Arrays.stream(present).mapToLong(i -> window[i]).toArray();
        return ChiSquareTest.withDefaults().test(table).getPValue();
    }
}
