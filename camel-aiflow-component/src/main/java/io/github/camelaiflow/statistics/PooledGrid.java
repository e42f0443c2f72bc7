package io.github.camelaiflow.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two samples of numbers counted on one grid that depends on nothing but both taken together, so that a permutation test of the
 * counts is exactly valid. Each column is a stretch of neighbouring values; equal values are never parted, and where there are no
 * more different values than columns wanted, each has its own.
 *
 * @param positions the mean of the values of each column, ascending, on a scale from 0 for the smallest to 1 for the largest value
 * @param reference how many of the first sample stand in each column
 * @param window how many of the second
 */
public record PooledGrid(double[] positions, int[] reference, int[] window) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double ROUNDING = 1e-9;

    /**
     * Columns with about the same number of values each.
     *
     * @param reference sorted, finite
     * @param window sorted, finite; not both empty
     * @param columns the most columns wanted, at least 1; what comes back has up to as many
     */
    public static PooledGrid ofEqualMass(double[] reference, double[] window, int columns) {
        double[] shares = new double[columns - 1];
        Arrays.setAll(shares, i -> (i + 1.0) / columns);
        return new Builder(reference, window, shares).build();
    }

    /**
     * As many columns as {@link #sturges} says, of equal width for the normal scores of the values' ranks. For normal values these
     * are the columns of an ordinary histogram, which see more of the tails than columns of equal mass; but no outlier, however far
     * away, makes all other values one column.
     *
     * @param reference sorted, finite
     * @param window sorted, finite; not both empty
     */
    public static PooledGrid ofNormalScores(double[] reference, double[] window) {
        int all = Math.addExact(reference.length, window.length);
        int columns = sturges(all);
        double highest = NORMAL.inverseSurvivalProbability(0.5 / all);
        double[] shares = new double[columns - 1];
        Arrays.setAll(shares, i -> NORMAL.cumulativeProbability(highest * (2 * (i + 1.0) / columns - 1)));
        return new Builder(reference, window, shares).build();
    }

    /** Sturges' number of columns for so many values: ⌈log2 n⌉ + 1 (H. Sturges, "The choice of a class interval", JASA 21, 1926). */
    public static int sturges(int values) {
        return values < 2 ? 1 : 33 - Integer.numberOfLeadingZeros(values - 1);
    }

    /** The standard deviation of both samples together on this grid, in the unit of the positions. */
    public double deviation() {
        double all = 0;
        double mean = 0;
        for (int i = 0; i < positions.length; i++) {
            int count = reference[i] + window[i];
            all += count;
            mean += (positions[i] - mean) * count / all;
        }
        double squares = 0;
        for (int i = 0; i < positions.length; i++) {
            double distance = positions[i] - mean;
            squares += distance * distance * (reference[i] + window[i]);
        }
        return Math.sqrt(squares / all);
    }

    /** Merges both samples, a distinct value at a time. */
    private static final class Builder {

        private final double[] x;
        private final double[] y;
        /** The shares of all values at which columns end, but for the last. */
        private final double[] shares;

        private final double low;
        private final double span;
        private final double[] positions;
        private final int[] reference;
        private final int[] window;
        private int column;

        Builder(double[] x, double[] y, double[] shares) {
            this.x = x;
            this.y = y;
            this.shares = shares;
            // Halves, so that the largest doubles have a finite span.
            this.low = lowest(x, y) / 2;
            this.span = highest(x, y) / 2 - low;
            int most = distinct(shares.length + 1);
            this.positions = new double[most];
            this.reference = new int[most];
            this.window = new int[most];
        }

        private static double lowest(double[] x, double[] y) {
            if (x.length == 0 || y.length == 0) {
                return x.length == 0 ? y[0] : x[0];
            }
            return Math.min(x[0], y[0]);
        }

        private static double highest(double[] x, double[] y) {
            if (x.length == 0 || y.length == 0) {
                return x.length == 0 ? y[y.length - 1] : x[x.length - 1];
            }
            return Math.max(x[x.length - 1], y[y.length - 1]);
        }

        /** How many columns are needed at most: as many as there are different values, if those are few. */
        private int distinct(int enough) {
            int found = 0;
            int i = 0;
            int j = 0;
            while ((i < x.length || j < y.length) && found <= enough) {
                double value = next(i, j);
                i = after(x, i, value);
                j = after(y, j, value);
                found++;
            }
            return found;
        }

        private double next(int i, int j) {
            return j == y.length || (i < x.length && x[i] <= y[j]) ? x[i] : y[j];
        }

        private static int after(double[] sorted, int from, double value) {
            int i = from;
            while (i < sorted.length && sorted[i] == value) {
                i++;
            }
            return i;
        }

        PooledGrid build() {
            boolean own = positions.length <= shares.length + 1;
            double all = (double) x.length + y.length;
            int i = 0;
            int j = 0;
            while (i < x.length || j < y.length) {
                double value = next(i, j);
                int nextI = after(x, i, value);
                int nextJ = after(y, j, value);
                add(value, nextI - i, nextJ - j);
                i = nextI;
                j = nextJ;
                column += own ? 1 : 0;
                // A value with the mass of several columns takes the place of all of them.
                while (!own && column < shares.length && i + j >= shares[column] * all - ROUNDING) {
                    column++;
                }
            }
            return compact();
        }

        private void add(double value, int fromReference, int fromWindow) {
            int before = reference[column] + window[column];
            int count = fromReference + fromWindow;
            double place = span == 0 ? 0 : (value / 2 - low) / span;
            positions[column] += (place - positions[column]) * count / (before + count);
            reference[column] += fromReference;
            window[column] += fromWindow;
        }

        /** Without the columns that stayed empty. */
        private PooledGrid compact() {
            int kept = 0;
            for (int i = 0; i < positions.length; i++) {
                if (reference[i] + window[i] > 0) {
                    // Means of neighbouring columns ascend but for rounding.
                    positions[kept] = kept == 0 ? positions[i] : Math.max(positions[kept - 1], positions[i]);
                    reference[kept] = reference[i];
                    window[kept] = window[i];
                    kept++;
                }
            }
            return new PooledGrid(
                    Arrays.copyOf(positions, kept), Arrays.copyOf(reference, kept), Arrays.copyOf(window, kept));
        }
    }
}
