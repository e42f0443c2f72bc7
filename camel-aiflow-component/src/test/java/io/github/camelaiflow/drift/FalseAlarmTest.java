package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/**
 * The budget of false alarms, measured: seeded repetitions without drift.
 */
class FalseAlarmTest {

    private static final double CONFIDENCE = 0.05;
    private static final int[] WINDOWS = {50, 100, 250, 500, 1000};

    @Test
    void theRateIsAtMostTheLevelAtEverySizeAndNumberOfCategories() {
        Map<String, Function<UniformRandomProvider, Object>> rows = new LinkedHashMap<>();
        rows.put("normal", Rows.normal(0, 1));
        rows.put("k=3", Rows.category(1 / 3.0, 1 / 3.0, 1 / 3.0));
        rows.put("k=10", uniform(10));
        rows.put("k=30", uniform(30));
        rows.put("k=100", uniform(100));
        rows.put("zipf 300", Rows.zipf(300));
        rows.put("rare", Rows.category(0.99, 0.005, 0.003, 0.001, 0.0005, 0.0005));
        int repetitions = Trial.REPETITIONS;
        int cells = rows.size() * WINDOWS.length;
        StringBuilder table =
                new StringBuilder(header("ours at level .05, reference 2000, " + repetitions + " repetitions"));
        rows.forEach((name, source) -> {
            table.append(String.format("| %s |", name));
            for (int window : WINDOWS) {
                int alarms = Trial.withoutDrift(Map.of("x", source), 2000, window, 0.05)
                        .alarms(repetitions);
                table.append(String.format(Locale.ROOT, " %.3f |", (double) alarms / repetitions));
                assertThat(Trial.likelihoodOfSoMany(alarms, repetitions, 0.05))
                        .as("%s, window %d: %d alarms of %d", name, window, alarms, repetitions)
                        .isGreaterThan(CONFIDENCE / cells);
            }
            table.append('\n');
        });
        System.out.println(table.append(fixedThreshold(repetitions)));
    }

    /** The same repetitions under the fixed threshold that is common elsewhere: what this harness would catch. */
    private static String fixedThreshold(int repetitions) {
        StringBuilder row = new StringBuilder("| fixed W/σ ≥ .1, normal |");
        for (int window : WINDOWS) {
            int alarms = 0;
            for (int i = 0; i < repetitions; i++) {
                UniformRandomProvider random = SeededRandom.stream(i, 2000, window);
                double[] x = sorted(2000, random);
                alarms += Distances.standardizedWasserstein(x, sorted(window, random)) >= 0.1 ? 1 : 0;
            }
            row.append(String.format(Locale.ROOT, " %.3f |", (double) alarms / repetitions));
            if (window <= 250) {
                assertThat(Trial.likelihoodOfSoMany(alarms, repetitions, 0.05)).isLessThan(1e-6);
            }
        }
        return row.append('\n').toString();
    }

    @Test
    void theRateIsSharedOverMixedFieldsOfUnequalSizesWithMissingValues() {
        Map<String, Function<UniformRandomProvider, Object>> fields = new LinkedHashMap<>();
        fields.put("normal", Rows.normal(0, 1));
        fields.put("heavy", Rows.transformed(Rows.normal(0, 1), z -> Math.exp(3 * z)));
        fields.put("counts", random -> random.nextInt(4));
        fields.put("sparse", Rows.missing(0.97, Rows.normal(5, 2)));
        fields.put("kind", Rows.missing(0.1, Rows.zipf(40)));
        fields.put("skewed", Rows.category(0.995, 0.004, 0.001));
        fields.put("constant", random -> "always");
        fields.put("mixed", random -> random.nextInt(50) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble());
        int repetitions = Trial.REPETITIONS;
        int[][] sizes = {{2000, 200}, {200, 1000}, {500, 500}, {60, 40}};
        for (int[] size : sizes) {
            int alarms = Trial.withoutDrift(fields, size[0], size[1], 0.1).alarms(repetitions);
            System.out.printf("mixed fields, %d against %d at .1: %d of %d%n", size[0], size[1], alarms, repetitions);
            assertThat(Trial.likelihoodOfSoMany(alarms, repetitions, 0.1))
                    .as("%d against %d: %d alarms", size[0], size[1], alarms)
                    .isGreaterThan(CONFIDENCE / sizes.length);
        }
    }

    @Test
    void theAverageRunLengthIsAtLeastTheBudget() {
        int window = 50;
        int most = 200;
        double level = 0.05;
        int repetitions = Trial.REPETITIONS;
        double[] lengths = new double[repetitions];
        Map<String, Function<UniformRandomProvider, Object>> fields =
                Map.of("x", Rows.normal(0, 1), "k", Rows.category(0.7, 0.2, 0.1));
        for (int i = 0; i < repetitions; i++) {
            lengths[i] = runLength(fields, window, most, window / level, i);
        }
        // Runs are cut after so many windows; the shortest average the budget allows then is that of a cut geometric
        // variable.
        double budget = (1 - Math.pow(1 - level, most)) / level;
        double mean = Arrays.stream(lengths).average().orElseThrow();
        double variance = Arrays.stream(lengths)
                        .map(length -> (length - mean) * (length - mean))
                        .sum()
                / (repetitions - 1);
        System.out.printf(
                Locale.ROOT, "run length: %.0f records on average, budget %.0f%n", mean * window, budget * window);
        assertThat(mean + 2.58 * Math.sqrt(variance / repetitions)).isGreaterThanOrEqualTo(budget);
    }

    private static int runLength(
            Map<String, Function<UniformRandomProvider, Object>> fields,
            int window,
            int most,
            double budget,
            int seed) {
        UniformRandomProvider random = SeededRandom.stream(seed, 99);
        Reference reference = Reference.of(Schema.NONE, Rows.of(300, random, fields));
        DriftConfig config =
                DriftConfig.DEFAULT.withWindow(window).withFalseAlarms(budget).withSeed(seed);
        List<DriftReport> reports = new ArrayList<>();
        DriftMonitor monitor = new DriftMonitor(reference, config, Runnable::run, () -> Instant.EPOCH, reports::add);
        while (monitor.status() != DriftStatus.DRIFTED && reports.size() < most) {
            monitor.observe(Rows.of(window, random, fields));
        }
        return reports.size();
    }

    private static Function<UniformRandomProvider, Object> uniform(int categories) {
        return random -> "c" + random.nextInt(categories);
    }

    private static double[] sorted(int size, UniformRandomProvider random) {
        double[] values = Rows.of(size, random, Map.of("x", Rows.normal(0, 1))).stream()
                .mapToDouble(row -> (Double) row.get("x"))
                .toArray();
        Arrays.sort(values);
        return values;
    }

    private static String header(String title) {
        StringBuilder header = new StringBuilder("\n" + title + "\n| window |");
        for (int window : WINDOWS) {
            header.append(String.format(" %d |", window));
        }
        return header.append('\n').toString();
    }
}
