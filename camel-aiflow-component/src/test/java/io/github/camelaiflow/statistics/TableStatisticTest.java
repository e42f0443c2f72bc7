package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Each statistic against its formula, as a book has it. */
class TableStatisticTest {

    private static final Offset<Double> CLOSE = within(1e-12);
    private static final int[] REFERENCE = {50, 30, 20, 0};
    private static final int[] WINDOW = {4, 3, 2, 1};
    private static final double[] P = {0.5, 0.3, 0.2, 0};
    private static final double[] Q = {0.4, 0.3, 0.2, 0.1};

    @Test
    void totalVariationAndHellinger() {
        assertThat(on(TableStatistic.TOTAL_VARIATION)).isCloseTo(0.1, CLOSE);
        double affinity = Math.sqrt(0.5 * 0.4) + 0.3 + 0.2;
        assertThat(on(TableStatistic.HELLINGER)).isCloseTo(Math.sqrt(1 - affinity), CLOSE);
    }

    @Test
    void jensenShannonIsTheEntropyOfTheMixtureLessTheMeanEntropy() {
        double[] middle =
                IntStream.range(0, 4).mapToDouble(i -> (P[i] + Q[i]) / 2).toArray();
        double divergence = entropy(middle) - (entropy(P) + entropy(Q)) / 2;
        assertThat(on(TableStatistic.JENSEN_SHANNON)).isCloseTo(Math.sqrt(divergence), CLOSE);
        assertThat(on(TableStatistic.JENSEN_SHANNON, new int[] {5, 0}, new int[] {0, 9}))
                .isCloseTo(Math.sqrt(Math.log(2)), CLOSE);
    }

    @Test
    void psiAddsHalfACountToEachCell() {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double p = (REFERENCE[i] + 0.5) / 102;
            double q = (WINDOW[i] + 0.5) / 12;
            sum += (p - q) * Math.log(p / q);
        }
        assertThat(on(TableStatistic.PSI)).isCloseTo(sum, CLOSE);
    }

    @Test
    void aReferenceOfAHundredMillionRecordsTakesNoMemory() {
        int[] reference = new int[40];
        int[] window = new int[40];
        Arrays.fill(reference, 40_000_000);
        Arrays.setAll(window, i -> i);
        double hellinger = 0;
        for (int count : window) {
            hellinger += Math.pow(Math.sqrt(1.0 / 40) - Math.sqrt(count / 780.0), 2) / 2;
        }
        assertThat(on(TableStatistic.HELLINGER, reference, window)).isCloseTo(Math.sqrt(hellinger), within(1e-9));
        int[] larger = Arrays.stream(window).map(count -> 1_000_000 * count).toArray();
        assertThat(on(TableStatistic.HELLINGER, reference, larger)).isCloseTo(Math.sqrt(hellinger), within(1e-9));
    }

    @Test
    void columnsNobodyCountsAddNothing() {
        for (TableStatistic statistic : List.of(
                TableStatistic.TOTAL_VARIATION,
                TableStatistic.HELLINGER,
                TableStatistic.JENSEN_SHANNON,
                TableStatistic.PSI,
                TableStatistic.CHI_SQUARED)) {
            assertThat(on(statistic, new int[] {0, 5, 0, 3}, new int[] {0, 2, 0, 9}))
                    .isCloseTo(on(statistic, new int[] {5, 3}, new int[] {2, 9}), CLOSE);
        }
    }

    @Test
    void equalFrequenciesHaveNoDistance() {
        double[] positions = {-1, 0, 4};
        for (TableStatistic statistic : List.of(
                TableStatistic.TOTAL_VARIATION,
                TableStatistic.HELLINGER,
                TableStatistic.JENSEN_SHANNON,
                TableStatistic.wasserstein(positions),
                TableStatistic.energy(positions))) {
            assertThat(on(statistic, new int[] {40, 20, 60}, new int[] {4, 2, 6}))
                    .isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void wassersteinAndEnergyAreThoseOfTheRawValues() {
        UniformRandomProvider random = SeededRandom.stream(31);
        for (int repetition = 0; repetition < 50; repetition++) {
            double[] positions = random.doubles(12, -5, 5).sorted().toArray();
            int[] reference = random.ints(12, 0, 9).toArray();
            int[] window = random.ints(12, 1, 5).toArray();
            double[] x = values(positions, reference);
            double[] y = values(positions, window);
            double deviation = deviation(x);
            assertThat(on(TableStatistic.wasserstein(positions), reference, window) / deviation)
                    .isCloseTo(Distances.standardizedWasserstein(x, y), CLOSE);
            double energy = 2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y);
            assertThat(on(TableStatistic.energy(positions), reference, window)).isCloseTo(Math.sqrt(energy), CLOSE);
        }
    }

    @Test
    void positionsMustAscendAndFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableStatistic.energy(new double[] {1, 0}))
                .withMessageContaining("ascend");
        TableStatistic three = TableStatistic.wasserstein(new double[] {1, 2, 3});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.on(new int[] {4, 4}, 3))
                .withMessageContaining("columns");
    }

    private static double on(TableStatistic statistic) {
        return on(statistic, REFERENCE, WINDOW);
    }

    private static double on(TableStatistic statistic, int[] reference, int[] window) {
        int[] totals = IntStream.range(0, window.length)
                .map(i -> reference[i] + window[i])
                .toArray();
        return statistic.on(totals, Arrays.stream(window).sum()).applyAsDouble(window);
    }

    private static double entropy(double[] p) {
        return Arrays.stream(p).filter(x -> x > 0).map(x -> -x * Math.log(x)).sum();
    }

    private static double[] values(double[] positions, int[] counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(0, counts[i]).mapToDouble(j -> positions[i]))
                .toArray();
    }

    private static double deviation(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    private static double meanDistance(double[] x, double[] y) {
        double sum = 0;
        for (double a : x) {
            for (double b : y) {
                sum += Math.abs(a - b);
            }
        }
        return sum / x.length / y.length;
    }
}
