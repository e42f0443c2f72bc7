package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.feedback.estimate.Streams.Mix;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/**
 * How often bands hold the truth, measured: seeded chunks whose inputs have moved, each with a reference of its own. {@code
 * -Daiflow.simulations=1000} is the full size.
 */
class CoverageTest {

    private static final int REPETITIONS = Integer.getInteger("aiflow.simulations", 100);
    private static final double CONFIDENCE = 0.05;
    private static final int[][] SIZES = {
        {1000, 100}, {1000, 1000}, {1000, 5000}, {5000, 500}, {20_000, 100}, {20_000, 5000}
    };

    @Test
    void aBandHoldsTheTruthWhereScoresAreCalibrated() {
        measure("CBPE, calibrated scores", Streams.calibrated(), false);
    }

    @Test
    void aBandHoldsTheTruthWhereScoresAreBent() {
        measure("CBPE, overconfident scores", new Streams(0, p -> p * p / (p * p + (1 - p) * (1 - p))), false);
    }

    @Test
    void aWeightedBandHoldsTheTruthWhereCalibrationDependsOnTheInputs() {
        measure("weighted, calibration depends on an input", new Streams(0.8, p -> p), true);
    }

    private static void measure(String title, Streams streams, boolean weighted) {
        Metric[] shown = Metric.values();
        StringBuilder table =
                new StringBuilder("\n" + title + ", " + REPETITIONS + " chunks a row\n| reference | chunk |");
        for (Metric metric : shown) {
            table.append(' ').append(metric).append(" |");
        }
        table.append(" width of accuracy | isotonic |\n");
        for (int[] size : SIZES) {
            cell(table, streams, weighted, size[0], size[1]);
        }
        System.out.println(table);
    }

    private static void cell(StringBuilder table, Streams streams, boolean weighted, int reference, int chunk) {
        int[] held = new int[Metric.values().length];
        int[] defined = new int[held.length];
        int calibrated = 0;
        double width = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            UniformRandomProvider random = SeededRandom.stream(i, reference, chunk);
            List<Outcome> known = streams.rows(reference, Mix.REFERENCE, random);
            Mix mix = new Mix(
                    2 * random.nextDouble() - 1, 0.7 + 0.6 * random.nextDouble(), 1.6 * random.nextDouble() - 0.8);
            List<Outcome> window = streams.rows(chunk, mix, random);
            PerformanceEstimator estimator = PerformanceEstimator.unchecked(
                    Streams.baseline(known, weighted),
                    EstimateConfig.DEFAULT.withPositive("yes").withSeed(i));
            PerformanceEstimate estimate =
                    estimator.estimate(Streams.predicted(window), weighted ? Streams.records(window) : null);
            double[] truth = Streams.realised(window);
            for (EstimatedMetric each : estimate.metrics()) {
                int m = each.metric().ordinal();
                if (Double.isFinite(truth[m])) {
                    defined[m]++;
                    held[m] += truth[m] >= each.lower() - 1e-12 && truth[m] <= each.upper() + 1e-12 ? 1 : 0;
                }
            }
            EstimatedMetric accuracy = estimate.metric(Metric.ACCURACY).orElseThrow();
            width += (accuracy.upper() - accuracy.lower()) / REPETITIONS;
            calibrated += estimate.calibrated() ? 1 : 0;
        }
        table.append(String.format("| %d | %d |", reference, chunk));
        for (int m = 0; m < held.length; m++) {
            table.append(String.format(Locale.ROOT, " %.3f |", (double) held[m] / defined[m]));
        }
        table.append(String.format(
                Locale.ROOT,
                " %.3f | %.2f | %.2f |%n",
                width,
                (double) calibrated / REPETITIONS,
                (double) believed / REPETITIONS));
        for (int m = 0; m < held.length; m++) {
            // The chance of so few or fewer if a band held the truth in just 95 % of the chunks.
            double chance = BinomialDistribution.of(defined[m], 0.95).cumulativeProbability(held[m]);
            assertThat(chance)
                    .as("%s, %d against %d: %d of %d", Metric.values()[m], reference, chunk, held[m], defined[m])
                    .isGreaterThan(CONFIDENCE / (SIZES.length * held.length));
        }
    }
}
