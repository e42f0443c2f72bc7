package io.github.camelaiflow.drift;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.statistics.Binomial;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Samples and verdicts for the tables of docs/drift-figures.md: one field, as {@link WindowJudge} sees it. */
final class Simulation {
    static final int REPETITIONS = Repetitions.of(10_000);

    static final int REFERENCE = 2000;
    static final int[] WINDOWS = {50, 100, 250, 500, 1000, 5000};
    static final double LEVEL = 0.05;
    private static final double CONFIDENCE = 0.95;

    private Simulation() {}

    /** So many normal values, sorted. */
    static double[] normal(UniformRandomProvider random, int size, double mean, double deviation) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] values = new double[size];
        Arrays.setAll(values, i -> mean + deviation * normal.sample());
        Arrays.sort(values);
        return values;
    }

    static NumberSample numbers(double[] sorted) {
        return new NumberSample(sorted, new ValueCounts(sorted.length, 0, 0, 0));
    }

    /** So many rows of categories with these chances, the rest going to the last. */
    static CategorySample categories(UniformRandomProvider random, int size, double... chances) {
        int[] counts = new int[chances.length];
        for (int i = 0; i < size; i++) {
            double u = random.nextDouble();
            int category = 0;
            while (category < chances.length - 1 && u >= chances[category]) {
                u -= chances[category++];
            }
            counts[category]++;
        }
        return categories(counts);
    }

    /** So many rows of equally likely categories. */
    static CategorySample uniform(UniformRandomProvider random, int size, int categories) {
        int[] counts = new int[categories];
        for (int i = 0; i < size; i++) {
            counts[random.nextInt(categories)]++;
        }
        return categories(counts);
    }

    private static CategorySample categories(int[] counts) {
        Map<String, Integer> categories = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                categories.put("c" + (char) ('0' + i), counts[i]);
            }
        }
        return new CategorySample(
                categories, new ValueCounts(Arrays.stream(counts).sum(), 0, 0, 0));
    }

    /** Whether the judge finds drift, at {@link #LEVEL}. */
    static boolean alarm(FieldSample reference, FieldSample window, DistanceTest test, long seed) {
        TestChoice choice = new TestChoice(test);
        TestPlan plan = reference instanceof NumberSample
                ? TestPlan.DEFAULT.withNumbers(choice)
                : TestPlan.DEFAULT.withCategories(choice);
        int rows = reference.counts().total();
        return new WindowJudge(Map.of("x", reference), rows, plan, seed)
                        .judge(List.of(window), 1, LEVEL)
                        .status()
                == DriftStatus.DRIFTED;
    }

    /**
     * Whether so many alarms say, with 95 % confidence for all cells together, that the chance of one is above {@link #LEVEL}: the
     * one-sided Clopper–Pearson bound, shared as Holm's first step does, which is the one that decides.
     */
    static boolean tooMany(int alarms, int repetitions, int cells) {
        return Binomial.lowerLimit(alarms, repetitions, 1 - (1 - CONFIDENCE) / cells) > LEVEL;
    }

    /** A row of a table in Markdown. */
    static String row(String name, int[] alarms, int repetitions) {
        StringBuilder row = new StringBuilder("| " + name + " |");
        for (int alarm : alarms) {
            row.append(String.format(Locale.ROOT, " %.3f |", (double) alarm / repetitions));
        }
        return row.append('\n').toString();
    }

    static String header(String title) {
        StringBuilder header = new StringBuilder("\n" + title + "\n\n| |");
        StringBuilder line = new StringBuilder("\n|---|");
        for (int window : WINDOWS) {
            header.append(' ').append(window).append(" |");
            line.append("---|");
        }
        return header.append(line).append('\n').toString();
    }
}
