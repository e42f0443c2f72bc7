package io.github.camelaiflow.statistics.change;

import java.util.ArrayList;
import java.util.List;

/**
 * The last values of a stream in buckets of 1, 2, 4, … values, at most five of a size, each with sum and sum of squared
 * deviations: the exponential histogram of M. Datar, A. Gionis, P. Indyk and R. Motwani, 2002, as ADWIN uses it. A window of n
 * values takes 5 log2 n buckets.
 */
final class BucketWindow {

    private static final int MOST = 5;
    private static final int MOST_ROWS = 62;

    /** Buckets of one size, the oldest first. */
    private static final class Row {
        private int size;
        private final double[] sums = new double[MOST + 1];
        private final double[] squares = new double[MOST + 1];

        void add(double sum, double square) {
            sums[size] = sum;
            squares[size] = square;
            size++;
        }

        void drop(int buckets) {
            size -= buckets;
            System.arraycopy(sums, buckets, sums, 0, size);
            System.arraycopy(squares, buckets, squares, 0, size);
        }
    }

    /** Looks at a way to split the window. */
    interface Split {
        void at(long olderCount, double olderSum);
    }

    private final List<Row> rows = new ArrayList<>();
    private long count;
    private double sum;
    private double squares;

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    double variance() {
        return squares / count;
    }

    void add(double value) {
        if (count > 0) {
            squares += between(count, sum, 1, value);
        }
        count++;
        sum += value;
        row(0).add(value, 0);
        compress();
    }

    /** What the squared deviations of two groups together have beyond those of each. */
    private static double between(double n0, double sum0, double n1, double sum1) {
        double difference = sum0 / n0 - sum1 / n1;
        return n0 * n1 * difference * difference / (n0 + n1);
    }

    private Row row(int index) {
        if (index == rows.size()) {
            rows.add(new Row());
        }
        return rows.get(index);
    }

    private void compress() {
        for (int i = 0; row(i).size > MOST; i++) {
            Row row = rows.get(i);
            double n = Math.scalb(1.0, i);
            double square = row.squares[0] + row.squares[1] + between(n, row.sums[0], n, row.sums[1]);
            row(i + 1).add(row.sums[0] + row.sums[1], square);
            row.drop(2);
        }
    }

    /** Shows the splits between buckets, from the oldest on. */
    void splits(Split split) {
        long olderCount = 0;
        double olderSum = 0;
        for (int i = rows.size() - 1; i >= 0; i--) {
            Row row = rows.get(i);
            for (int bucket = 0; bucket < row.size; bucket++) {
                olderCount += 1L << i;
                olderSum += row.sums[bucket];
                if (olderCount < count) {
                    split.at(olderCount, olderSum);
                }
            }
        }
    }

    void dropOldest() {
        int last = rows.size() - 1;
        while (rows.get(last).size == 0) {
            rows.remove(last--);
        }
        Row row = rows.get(last);
        long n = 1L << last;
        count -= n;
        sum -= row.sums[0];
        double left = count > 0 ? between(n, row.sums[0], count, sum) : 0;
        squares = Math.max(0, squares - row.squares[0] - left);
        row.drop(1);
    }

    void clear() {
        rows.clear();
        count = 0;
        sum = 0;
        squares = 0;
    }

    void write(StateWriter to) {
        to.add(rows.size()).add(sum, squares);
        for (Row row : rows) {
            to.add(row.size);
            for (int i = 0; i < row.size; i++) {
                to.add(row.sums[i], row.squares[i]);
            }
        }
    }

    void read(StateReader from, long most) {
        clear();
        int read = from.count(MOST_ROWS);
        double readSum = from.number(0, most);
        double readSquares = from.number(0, most);
        for (int i = 0; i < read; i++) {
            double n = Math.scalb(1.0, i);
            int size = from.count(MOST);
            for (int bucket = 0; bucket < size; bucket++) {
                row(i).add(from.number(0, n), from.number(0, n));
            }
            row(i);
            StateReader.check(size * n <= most - count);
            count += size * (1L << i);
        }
        sum = readSum;
        squares = readSquares;
    }
}
