package io.github.camelaiflow.validation.expectations;

import java.util.Arrays;

/**
 * All numbers of a column, kept to calculate what numpy and pandas calculate. Sums are numpy's pairwise sums, and the
 * deviation takes two passes as in pandas, so that even the last bit agrees. Not thread-safe.
 */
final class NumberColumn {

    /** Up to that many numbers numpy adds in {@value #LANES} interleaved sums, more by halves. */
    private static final int BLOCK = 128;

    private static final int LANES = 8;
    private static final int FIRST_SIZE = 64;

    private double[] values = new double[FIRST_SIZE];
    private int size;

    void add(double value) {
        reserve(size + 1);
        values[size++] = value;
    }

    void addAll(NumberColumn later) {
        reserve(size + later.size);
        System.arraycopy(later.values, 0, values, size, later.size);
        size += later.size;
    }

    private void reserve(int needed) {
        if (needed > values.length) {
            values = Arrays.copyOf(values, Math.max(needed, values.length * 2));
        }
    }

    int size() {
        return size;
    }

    /** A copy of the numbers, in the order they came. */
    double[] values() {
        return Arrays.copyOf(values, size);
    }

    /** A copy of the numbers, the least first. */
    double[] sorted() {
        double[] sorted = values();
        Arrays.sort(sorted);
        return sorted;
    }

    double sum() {
        return pairwise(values, 0, size);
    }

    /** NaN if empty. */
    double mean() {
        return sum() / size;
    }

    /** The sample standard deviation, divided by one less than the count; NaN for fewer than two numbers. */
    double deviation() {
        if (size < 2) {
            return Double.NaN;
        }
        double mean = mean();
        double[] squares = new double[size];
        for (int i = 0; i < size; i++) {
            squares[i] = (mean - values[i]) * (mean - values[i]);
        }
        return Math.sqrt(pairwise(squares, 0, size) / (size - 1));
    }

    private static double pairwise(double[] a, int from, int to) {
        int count = to - from;
        if (count > BLOCK) {
            int half = count / 2;
            half -= half % LANES;
            return pairwise(a, from, from + half) + pairwise(a, from + half, to);
        }
        int i = from;
        double sum = 0;
        if (count >= LANES) {
            double[] lanes = Arrays.copyOfRange(a, from, from + LANES);
            for (i = from + LANES; i + LANES <= to; i += LANES) {
                for (int lane = 0; lane < LANES; lane++) {
                    lanes[lane] += a[i + lane];
                }
            }
            sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        }
        for (; i < to; i++) {
            sum += a[i];
        }
        return sum;
    }
}
