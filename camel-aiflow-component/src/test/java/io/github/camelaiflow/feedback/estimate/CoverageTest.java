package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.feedback.estimate.Streams.Mix;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/**
 * How often bands hold the truth, measured: seeded chunks whose inputs have moved, each with a reference of its own.
 */
class CoverageTest {

    private static final int REPETITIONS = Repetitions.of(500);
    private static final double CONFIDENCE = 0.05;
    private static final Metric[] METRICS = Metric.values();
    private static final boolean FULL = Repetitions.areFull();

    private static final int[][] SIZES = FULL
            ? new int[][] {{1000, 100}, {1000, 1000}, {1000, 5000}, {5000, 500}, {20_000, 100}, {20_000, 5000}}
            : new int[][] {{1000, 100}, {1000, 1000}, {5000, 500}};

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
        StringBuilder table =
                new StringBuilder("\n" + title + ", " + REPETITIONS + " chunks a row\n| reference | chunk |");
        for (Metric metric : METRICS) {
            table.append(' ').append(metric).append(" |");
        }
        table.append(" width of accuracy | isotonic | scores and sampling error alone: accuracy |\n");
        for (int[] size : SIZES) {
            Cell cell = new Cell(streams, weighted, size[0], size[1]);
            table.append(cell.row());
            cell.check();
        }
        table.append("| dummy: always 0 to 1 | any |")
                .append(" 1.000 |".repeat(METRICS.length))
                .append(" 1.000 | 0.00 | |\n");
        System.out.println(table);
    }

    /** One row of a table. */
    private static final class Cell {

        final String place;
        final int[] held = new int[METRICS.length];
        final int[] defined = new int[METRICS.length];
        int calibrated;
        int naive;
        double width;

        Cell(Streams streams, boolean weighted, int reference, int chunk) {
            place = "| " + reference + " | " + chunk + " |";
            for (int i = 0; i < REPETITIONS; i++) {
                UniformRandomProvider random = SeededRandom.stream(i, reference, chunk);
                List<Outcome> known = streams.rows(reference, Mix.REFERENCE, random);
                Mix mix = new Mix(
                        2 * random.nextDouble() - 1, 0.7 + 0.6 * random.nextDouble(), 1.6 * random.nextDouble() - 0.8);
                List<Outcome> window = streams.rows(chunk, mix, random);
                PerformanceEstimator estimator = PerformanceEstimator.unchecked(
                        Streams.baseline(known, weighted),
                        EstimateConfig.DEFAULT.withPositive("yes").withSeed(i));
                take(
                        estimator.estimate(Streams.predicted(window), weighted ? Streams.records(window) : null),
                        Streams.realised(window),
                        window);
            }
        }

        void take(PerformanceEstimate estimate, double[] truth, List<Outcome> window) {
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
            double right = 0;
            double variance = 0;
            for (Outcome outcome : window) {
                double p = outcome.predicted().scores().get("yes");
                right += Math.max(p, 1 - p) / window.size();
                variance += p * (1 - p) / window.size() / window.size();
            }
            naive += Math.abs(right - truth[Metric.ACCURACY.ordinal()]) <= 1.96 * Math.sqrt(variance) ? 1 : 0;
        }

        String row() {
            StringBuilder row = new StringBuilder(place);
            for (int m = 0; m < held.length; m++) {
                row.append(String.format(Locale.ROOT, " %.3f |", (double) held[m] / defined[m]));
            }
            return row.append(String.format(
                            Locale.ROOT,
                            " %.3f | %.2f | %.3f |%n",
                            width,
                            (double) calibrated / REPETITIONS,
                            (double) naive / REPETITIONS))
                    .toString();
        }

        /** No band holds the truth less often than promised, as far as so many chunks can tell; Holm's first step over all cells. */
        void check() {
            for (int m = 0; m < held.length; m++) {
                double chance = BinomialDistribution.of(defined[m], 0.95).cumulativeProbability(held[m]);
                assertThat(chance)
                        .as("%s, %s: %d of %d", METRICS[m], place, held[m], defined[m])
                        .isGreaterThan(CONFIDENCE / (SIZES.length * held.length));
            }
        }
    }
}
