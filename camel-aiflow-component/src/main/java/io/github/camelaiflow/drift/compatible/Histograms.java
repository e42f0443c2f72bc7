package io.github.camelaiflow.drift.compatible;

import java.util.Arrays;

/** Bins and sums as numpy makes them of doubles, to the last digit where a digit can move a value to another bin. */
final class Histograms {

    private static final int BLOCK = 128;
    private static final int LANES = 8;

    private Histograms() {}

    /** {@code histogram_bin_edges(values, bins="sturges")}. */
    static double[] sturges(double[] values) {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        return edges(low, high, (high - low) / (log2(values.length) + 1.0));
    }

    /** {@code histogram_bin_edges(values, bins="doane")}. */
    static double[] doane(double[] values) {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        int n = values.length;
        double deviation = n > 2 ? deviation(values) : 0;
        if (!(deviation > 0)) {
            return edges(low, high, 0);
        }
        double mean = mean(values);
        double skewness = mean(Arrays.stream(values)
                .map(x -> Math.pow((x - mean) / deviation, 3))
                .toArray());
        double error = Math.sqrt(6.0 * (n - 2) / ((n + 1.0) * (n + 3)));
        return edges(low, high, (high - low) / (1.0 + log2(n) + log2(1.0 + Math.abs(skewness) / error)));
    }

    private static double[] edges(double low, double high, double width) {
        if (low == high) {
            return linspace(low - 0.5, high + 0.5, 2);
        }
        int bins = width == 0 ? 1 : (int) Math.ceil((high - low) / width);
        return linspace(low, high, bins + 1);
    }

    private static double log2(double x) {
        double exact = Math.log(x) / Math.log(2);
        // Powers of two are whole in numpy.
        return Math.abs(exact - Math.rint(exact)) < 1e-12 && x == Math.scalb(1, (int) Math.rint(exact))
                ? Math.rint(exact)
                : exact;
    }

    /** {@code linspace(low, high, count)}. */
    static double[] linspace(double low, double high, int count) {
        double step = (high - low) / (count - 1);
        double[] edges = new double[count];
        Arrays.setAll(edges, i -> i * step + low);
        edges[count - 1] = high;
        return edges;
    }

    /** {@code histogram(values, edges)}: a bin has its left edge and not its right one, the last has both. */
    static int[] counts(double[] values, double[] edges) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int bins = edges.length - 1;
        int[] counts = new int[bins];
        int from = below(sorted, edges[0], false);
        for (int i = 0; i < bins; i++) {
            int to = below(sorted, edges[i + 1], i == bins - 1);
            counts[i] = to - from;
            from = to;
        }
        return counts;
    }

    /** How many are less than a value, or at most it. */
    static int below(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static double[] shares(int[] counts, int all) {
        return Arrays.stream(counts).mapToDouble(count -> (double) count / all).toArray();
    }

    /** {@code sum(values)}: pairwise, in eight lanes. */
    static double sum(double[] values) {
        return sum(values, 0, values.length);
    }

    private static double sum(double[] values, int from, int size) {
        if (size < LANES) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += values[from + i];
            }
            return sum;
        }
        if (size > BLOCK) {
            int half = size / 2;
            half -= half % LANES;
            return sum(values, from, half) + sum(values, from + half, size - half);
        }
        double[] lanes = Arrays.copyOfRange(values, from, from + LANES);
        int i = LANES;
        for (; i < size - size % LANES; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += values[from + i + lane];
            }
        }
        double sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        for (; i < size; i++) {
            sum += values[from + i];
        }
        return sum;
    }

    static double mean(double[] values) {
        return sum(values) / values.length;
    }

    /** {@code std(values)}, of the population. */
    static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(
                mean(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).toArray()));
    }
}
