package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each distance finds at level .05, against the same statistic's permutation of the raw rows: the grid, the stop and the few draws
 * cost no more than two points of power.
 */
class DistancePowerTest {

    private static final int REPETITIONS = Math.max(60, Simulation.REPETITIONS / 5);
    private static final int[] WINDOWS = {50, 100, 250, 500};
    private static final double COST = 0.02;

    /** A change of N(0, 1) and the tests that look for it. */
    enum Change {
        SHIFT(0.2, 1),
        SPREAD(0, 1.2);

        final double mean;
        final double deviation;

        Change(double mean, double deviation) {
            this.mean = mean;
            this.deviation = deviation;
        }
    }

    private record Pair(DistanceTest ours, String theirs, Function<RawPermutation, ToDoubleFunction<boolean[]>> raw) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(DistanceTest.KOLMOGOROV_SMIRNOV, "same", raw -> raw::kolmogorovSmirnov),
            new Pair(DistanceTest.WASSERSTEIN, "same", raw -> raw::wasserstein),
            new Pair(DistanceTest.ENERGY, "same", raw -> raw::energy),
            new Pair(DistanceTest.JENSEN_SHANNON, "equal widths", raw -> raw::jensenShannon));

    @ParameterizedTest
    @EnumSource
    void losesAtMostTwoPointsAgainstTheRawRows(Change change) {
        StringBuilder table = new StringBuilder("\n" + change + ", " + REPETITIONS + " repetitions: ours / raw rows\n");
        for (Pair pair : PAIRS) {
            table.append("| ")
                    .append(pair.ours().label())
                    .append(" (")
                    .append(pair.theirs())
                    .append(") |");
            for (int window : WINDOWS) {
                boolean[][] found = found(change, pair, window);
                double ours = share(found[0]);
                double raw = share(found[1]);
                table.append(String.format(Locale.ROOT, " %.3f / %.3f |", ours, raw));
                assertThat(raw - ours - 2.58 * error(found))
                        .as("%s, window %d: %.3f, raw %.3f", pair.ours(), window, ours, raw)
                        .isLessThan(COST);
            }
            table.append('\n');
        }
        System.out.println(table);
    }

    /** For each repetition, whether ours and whether the raw rows find the change: both on the same rows. */
    private static boolean[][] found(Change change, Pair pair, int size) {
        boolean[][] found = new boolean[2][REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            UniformRandomProvider random = SeededRandom.stream(53, change.ordinal(), size, i);
            double[] reference = Simulation.normal(random, Simulation.REFERENCE, 0, 1);
            double[] window = Simulation.normal(random, size, change.mean, change.deviation);
            NumberSample expected = Simulation.numbers(reference);
            found[0][i] = Simulation.alarm(expected, Simulation.numbers(window), pair.ours(), i);
            RawPermutation raw = new RawPermutation(reference, window);
            found[1][i] = raw.pValue(pair.raw().apply(raw), random) <= Simulation.LEVEL;
        }
        return found;
    }

    private static double share(boolean[] found) {
        int count = 0;
        for (boolean one : found) {
            count += one ? 1 : 0;
        }
        return (double) count / found.length;
    }

    /** The standard error of the difference of both shares. */
    private static double error(boolean[][] found) {
        double[] differences = new double[REPETITIONS];
        Arrays.setAll(differences, i -> (found[1][i] ? 1 : 0) - (found[0][i] ? 1 : 0));
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        return Math.sqrt(squares / REPETITIONS / (REPETITIONS - 1));
    }
}
