package io.github.camelaiflow.drift.compatible;

import io.github.camelaiflow.drift.compatible.CompatibleReport.Distance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/** NannyML's univariate methods: nannyml/drift/univariate/methods.py of 0.13. */
final class Nannyml implements Library {

    private static final List<String> NUMBERS =
            List.of("jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein");
    private static final List<String> CATEGORIES = List.of("jensen_shannon", "hellinger", "chi2", "l_infinity");
    private static final int CHUNKS = 10;
    private static final double DEVIATIONS = 3;
    private static final double CHI2_LEVEL = 0.05;
    private static final int EXACT_ROWS = 10_000;
    private static final int BINS = 10_000;

    @Override
    public String name() {
        return "nannyml";
    }

    @Override
    public List<String> methods(boolean numeric) {
        return numeric ? NUMBERS : CATEGORIES;
    }

    @Override
    public String standard(RawColumn reference, RawColumn window) {
        return "jensen_shannon";
    }

    @Override
    public boolean drifted(List<CompatibleReport.Column> columns) {
        return columns.stream().anyMatch(CompatibleReport.Column::drifted);
    }

    @Override
    public Distance distance(String method, RawColumn reference, RawColumn window) {
        RawColumn expected = reference.present();
        RawColumn seen = window.present();
        if (method.equals("chi2")) {
            double statistic = chi2(expected, seen);
            int degrees = RawColumn.table(expected, seen)[0].length - 1;
            double p = degrees == 0 ? 1 : Evidently.chiSquaredTail(statistic, degrees);
            return new Distance(method, statistic, p, CHI2_LEVEL, p < CHI2_LEVEL);
        }
        ToDoubleFunction<RawColumn> fitted = fitted(method, expected);
        double upper = upper(fitted, reference);
        double threshold = method.equals("kolmogorov_smirnov") ? Math.min(1, upper) : upper;
        double value = fitted.applyAsDouble(seen);
        value = Double.isNaN(value) ? 0 : value;
        return new Distance(method, value, value, threshold, value > threshold);
    }

    /** Mean and three standard deviations over ten chunks of the reference and what is left of it. */
    private static double upper(ToDoubleFunction<RawColumn> fitted, RawColumn reference) {
        int size = reference.rows() / CHUNKS;
        List<Double> values = new ArrayList<>();
        for (int from = 0; size > 0 && from < reference.rows(); from += size) {
            RawColumn chunk = reference
                    .rows(from, Math.min(from + size, reference.rows()))
                    .present();
            double value = chunk.rows() == 0 ? Double.NaN : fitted.applyAsDouble(chunk);
            // As nanmean and nanstd do; a chunk just like the reference may have a Jensen–Shannon distance of NaN
            // there.
            if (!Double.isNaN(value)) {
                values.add(value);
            }
        }
        double[] known = values.stream().mapToDouble(Double::doubleValue).toArray();
        return known.length == 0 ? Double.NaN : Histograms.mean(known) + DEVIATIONS * Histograms.deviation(known);
    }

    private static ToDoubleFunction<RawColumn> fitted(String method, RawColumn reference) {
        return switch (method) {
            case "jensen_shannon" -> {
                Frequencies frequencies = Frequencies.of(reference);
                yield data -> {
                    double[][] shares = frequencies.with(data);
                    return Divergences.jensenShannon(shares[0], shares[1], 2);
                };
            }
            case "hellinger" -> {
                Frequencies frequencies = Frequencies.of(reference);
                yield data -> {
                    double[][] shares = frequencies.with(data);
                    return Divergences.hellinger(shares[0], shares[1]);
                };
            }
            case "kolmogorov_smirnov" ->
                reference.rows() < EXACT_ROWS
                        ? data -> Divergences.kolmogorovSmirnov(reference.numbers(), data.numbers())
                        : new BinnedReference(reference.numbers(), BINS)::kolmogorovSmirnov;
            case "wasserstein" ->
                reference.rows() < EXACT_ROWS
                        ? data -> Divergences.wasserstein(reference.numbers(), data.numbers())
                        : new BinnedReference(reference.numbers(), BINS)::wasserstein;
            default -> data -> largestDifference(reference, data);
        };
    }

    private static double largestDifference(RawColumn reference, RawColumn data) {
        int[][] table = RawColumn.table(reference, data);
        double most = 0;
        for (int i = 0; i < table[0].length; i++) {
            double difference = (double) table[0][i] / reference.rows() - (double) table[1][i] / data.rows();
            most = Math.max(most, Math.abs(difference));
        }
        return most;
    }

    /** Pearson's statistic of the table of both, with Yates' correction for two categories. */
    private static double chi2(RawColumn reference, RawColumn window) {
        int[][] table = RawColumn.table(reference, window);
        double all = (double) reference.rows() + window.rows();
        boolean correct = table[0].length == 2;
        double sum = 0;
        for (int[] row : table) {
            double size = Arrays.stream(row).sum();
            for (int i = 0; i < row.length; i++) {
                double expected = size * (table[0][i] + table[1][i]) / all;
                double deviation = Math.abs(row[i] - expected);
                deviation -= correct ? Math.min(0.5, deviation) : 0;
                sum += deviation * deviation / expected;
            }
        }
        return table[0].length == 1 ? 0 : sum;
    }

    /**
     * The reference's shares in Doane's bins, or of its categories.
     *
     * @param edges of the bins; {@code null} for categories
     */
    private record Frequencies(RawColumn reference, double[] edges, double[] shares) {

        static Frequencies of(RawColumn reference) {
            if (reference.numeric()) {
                double[] edges = Histograms.doane(reference.numbers());
                int[] counts = Histograms.counts(reference.numbers(), edges);
                return new Frequencies(reference, edges, Histograms.shares(counts, reference.rows()));
            }
            int[] counts = reference.counts().values().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new Frequencies(reference, null, Histograms.shares(counts, reference.rows()));
        }

        /** The shares of the reference and of the data; what the reference lacks goes into a cell of its own. */
        double[][] with(RawColumn data) {
            double[] seen = Histograms.shares(counts(data), data.rows());
            double leftover = 1 - Histograms.sum(seen);
            if (leftover <= 0) {
                return new double[][] {shares, seen};
            }
            double[] longer = Arrays.copyOf(seen, seen.length + 1);
            longer[seen.length] = leftover;
            return new double[][] {Arrays.copyOf(shares, shares.length + 1), longer};
        }

        private int[] counts(RawColumn data) {
            if (edges != null) {
                return Histograms.counts(data.numbers(), edges);
            }
            SortedMap<Object, Integer> seen = data.counts();
            return reference.counts().keySet().stream()
                    .mapToInt(key -> seen.getOrDefault(key, 0))
                    .toArray();
        }
    }
}
