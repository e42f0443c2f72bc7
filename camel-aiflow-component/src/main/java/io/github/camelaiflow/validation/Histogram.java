package io.github.camelaiflow.validation;

import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * How numbers are distributed over bins of one width. The edges are multiples of 1, 2 or 5 times a power of ten, with at most
 * three significant digits, so that they give no number away; a bin has its left edge and not its right one. Few numbers
 * far away from all others don't stretch it: they are counted before the first or behind the last edge.
 *
 * @param edges ascending, one more than counts; from 2 to 21
 * @param counts how many numbers lie in each bin
 * @param below how many lie below the first edge
 * @param above how many lie on or above the last edge
 */
public record Histogram(List<Double> edges, List<Long> counts, long below, long above) {

    private static final int BINS = 16;
    private static final int DIGITS = 3;
    private static final int SMALLEST_EXPONENT = -300;

    /** Beyond so many times the spread of the middle 98 %, numbers are far away. */
    private static final double FAR = 2;

    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }

    /** The largest count of a bin. */
    public long largest() {
        return counts.stream().mapToLong(count -> count).max().orElse(0);
    }

    /**
     * The histogram of what a sketch holds: at least one finite number and no infinite one.
     *
     * @param whole whether all are whole numbers, which need no bins narrower than 1
     */
    static Histogram of(QuantileSketch sketch, boolean whole) {
        double low = sketch.min();
        double high = sketch.max();
        double[] middle = sketch.quantiles(Interpolation.NEAREST_RANK, 0.01, 0.99);
        double far = FAR * (middle[1] - middle[0]);
        if (far > 0) {
            low = middle[0] - low > far ? middle[0] : low;
            high = high - middle[1] > far ? middle[1] : high;
        }
        BigDecimal width = width(low, high, whole);
        long first = multiple(low, width);
        int bins = Math.toIntExact(multiple(high, width) - first + 1);
        List<Double> edges = new ArrayList<>(bins + 1);
        for (int i = 0; i <= bins; i++) {
            edges.add(edge(first + i, width));
        }
        List<Long> counts = new ArrayList<>(bins);
        long before = sketch.countBelow(edges.get(0));
        long below = before;
        for (int i = 1; i <= bins; i++) {
            long upTo = sketch.countBelow(edges.get(i));
            counts.add(Math.max(0, upTo - before));
            before = Math.max(before, upTo);
        }
        return new Histogram(edges, counts, below, sketch.count() - before);
    }

    /** A multiple of the width as the next double, at the very end of the doubles the largest one. */
    private static double edge(long multiple, BigDecimal width) {
        double edge = width.multiply(BigDecimal.valueOf(multiple)).doubleValue();
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, edge));
    }

    /** The largest multiple of the width that, as a double, is at most the value. */
    private static long multiple(double value, BigDecimal width) {
        long near = (long) Math.floor(value / width.doubleValue());
        while (edge(near, width) > value) {
            near--;
        }
        while (edge(near + 1, width) <= value && edge(near + 1, width) < Double.MAX_VALUE) {
            near++;
        }
        return near;
    }

    private static BigDecimal width(double low, double high, boolean whole) {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (largest == 0) {
            return BigDecimal.ONE;
        }
        int magnitude = (int) Math.floor(Math.log10(largest));
        if (low == high) {
            return power(whole ? Math.max(0, magnitude) : magnitude);
        }
        double wanted = high / BINS - low / BINS;
        int exponent = (int) Math.floor(Math.log10(wanted));
        int least = whole ? Math.max(0, magnitude - DIGITS + 1) : magnitude - DIGITS + 1;
        if (exponent < least) {
            return power(least);
        }
        BigDecimal ten = power(exponent);
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal width = ten.multiply(BigDecimal.valueOf(factor));
            if (width.doubleValue() >= wanted) {
                return width;
            }
        }
        return power(exponent + 1);
    }

    private static BigDecimal power(int exponent) {
        return BigDecimal.ONE.scaleByPowerOfTen(Math.max(SMALLEST_EXPONENT, exponent));
    }
}
