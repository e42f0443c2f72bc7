package io.github.camelaiflow.feedback.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether known truths fit probabilities: sums of (truth - probability) over groups of rows against the same sums of drawn truths. The
 * p-value is exact where the truths come as the draws do (Monte Carlo test, G. A. Barnard, 1963), so it counts the calibrator's
 * uncertainty too.
 */
final class ResidualTest {

    private static final int BINS = 10;

    /** Draws per rejection that happens by chance. */
    private static final double RESOLUTION = 2;

    /** @param pValue of the largest or summed deviation; @param effect mean residual along the column that deviates most */
    record Result(double pValue, double effect) {}

    /** One column of multipliers a sum: class, then row. */
    private interface Sums {

        int count();

        void add(int c, int row, double residual, double[] into);
    }

    private ResidualTest() {}

    /** By ten groups of scores, and all rows together as heavy as these: is the level, or the shape, another one? */
    static Result byScore(ScoredRows rows, Calibration calibration, double level, EstimateConfig config, long place) {
        double[][] probabilities = calibration.probabilities(rows);
        int[][] bins = new int[rows.classes()][];
        for (int c = 0; c < bins.length; c++) {
            bins[c] = bins(probabilities[c]);
        }
        int perClass = BINS + 1;
        Sums sums = new Sums() {
            @Override
            public int count() {
                return perClass * rows.classes();
            }

            @Override
            public void add(int c, int row, double residual, double[] into) {
                into[c * perClass + bins[c][row]] += residual;
                into[c * perClass + BINS] += residual;
            }
        };
        List<double[]> all = all(rows, calibration, probabilities, sums, level, config, place);
        double[] variances = variances(all);
        double[] statistics = all.stream()
                .mapToDouble(each -> {
                    double statistic = 0;
                    for (int i = 0; i < each.length; i++) {
                        statistic += (i % perClass == BINS ? BINS : 1) * squared(each[i], variances[i]);
                    }
                    return statistic;
                })
                .toArray();
        return new Result(pValue(statistics), Double.NaN);
    }

    /** By each column of the inputs: at one score, do rows with other inputs have other truths? */
    static Result byInputs(
            ScoredRows rows,
            double[][] columns,
            Calibration calibration,
            double level,
            EstimateConfig config,
            long place) {
        double[][] probabilities = calibration.probabilities(rows);
        int perClass = columns[0].length;
        Sums sums = new Sums() {
            @Override
            public int count() {
                return perClass * rows.classes();
            }

            @Override
            public void add(int c, int row, double residual, double[] into) {
                double[] values = columns[row];
                for (int k = 0; k < perClass; k++) {
                    into[c * perClass + k] += residual * values[k];
                }
            }
        };
        List<double[]> all = all(rows, calibration, probabilities, sums, level, config, place);
        double[] variances = variances(all);
        double[] statistics = all.stream()
                .mapToDouble(each -> squared(each[furthest(each, variances)], variances[furthest(each, variances)]))
                .toArray();
        double[] observed = all.get(0);
        int most = furthest(observed, variances);
        double size = Arrays.stream(columns)
                .mapToDouble(row -> Math.abs(row[most % perClass]))
                .sum();
        return new Result(pValue(statistics), size == 0 ? 0 : Math.abs(observed[most]) / size);
    }

    /** The observed sums, then those of the draws. */
    private static List<double[]> all(
            ScoredRows rows,
            Calibration calibration,
            double[][] probabilities,
            Sums sums,
            double level,
            EstimateConfig config,
            long place) {
        List<double[]> all = new ArrayList<>();
        all.add(residuals(rows, rows.truth, probabilities, sums));
        int draws = (int) Math.min(20_000, Math.max(config.draws(), Math.ceil(RESOLUTION / level)));
        new Draws(rows, calibration, config.seed(), place)
                .each(draws, truth -> all.add(residuals(rows, truth, probabilities, sums)));
        return all;
    }

    private static double[] residuals(ScoredRows rows, double[][] truth, double[][] probabilities, Sums sums) {
        double[] into = new double[sums.count()];
        for (int c = 0; c < truth.length; c++) {
            for (int i = 0; i < truth[c].length; i++) {
                sums.add(c, i, rows.weights[i] * (truth[c][i] - probabilities[c][i]), into);
            }
        }
        return into;
    }

    private static double[] variances(List<double[]> all) {
        double[] variances = new double[all.get(0).length];
        for (double[] drawn : all.subList(1, all.size())) {
            for (int i = 0; i < variances.length; i++) {
                variances[i] += drawn[i] * drawn[i] / (all.size() - 1);
            }
        }
        return variances;
    }

    private static double squared(double sum, double variance) {
        return sum * sum / (variance + 1e-9);
    }

    private static int furthest(double[] sums, double[] variances) {
        int most = 0;
        for (int i = 1; i < sums.length; i++) {
            most = squared(sums[i], variances[i]) > squared(sums[most], variances[most]) ? i : most;
        }
        return most;
    }

    /** The first is the observed one. */
    private static double pValue(double[] statistics) {
        long asFar = Arrays.stream(statistics).filter(s -> s >= statistics[0]).count();
        return (double) asFar / statistics.length;
    }

    private static int[] bins(double[] probabilities) {
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        double[] edges = new double[BINS - 1];
        for (int b = 1; b < BINS; b++) {
            edges[b - 1] = sorted[(int) ((long) b * sorted.length / BINS)];
        }
        return Arrays.stream(probabilities)
                .mapToInt(p ->
                        (int) Arrays.stream(edges).filter(edge -> edge <= p).count())
                .toArray();
    }
}
