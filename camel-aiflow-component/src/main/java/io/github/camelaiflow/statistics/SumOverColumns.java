package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A statistic that is a sum over a table's columns. With fixed margins a term depends on one count alone, and permutations meet the
 * same few counts again and again, so each term is computed once. Not thread-safe.
 */
final class SumOverColumns implements ToDoubleFunction<int[]> {

    private final int[] totals;
    private final int[] starts;
    private final double[] known;
    private final Term term;

    /** What a column of such a total adds if such a count of it stands in the second row. */
    @FunctionalInterface
    interface Term {

        double of(int total, int count);
    }

    SumOverColumns(int[] totals, Term term) {
        this.totals = totals;
        this.term = term;
        this.starts = new int[totals.length];
        int cells = 0;
        for (int i = 0; i < totals.length; i++) {
            starts[i] = cells;
            cells = Math.addExact(cells, totals[i] + 1);
        }
        this.known = new double[cells];
        Arrays.fill(known, Double.NaN);
    }

    /** A sum of terms of the relative frequencies of both rows. */
    SumOverColumns(int[] totals, int size, DoubleBinaryOperator term) {
        this(totals, ofFrequencies(sum(totals) - size, size, term));
    }

    private static Term ofFrequencies(double first, double second, DoubleBinaryOperator term) {
        return (total, count) -> term.applyAsDouble((total - count) / first, count / second);
    }

    static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    @Override
    public double applyAsDouble(int[] row) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            int count = row[i];
            double value = known[starts[i] + count];
            if (Double.isNaN(value)) {
                value = totals[i] == 0 ? 0 : term.of(totals[i], count);
                known[starts[i] + count] = value;
            }
            sum += value;
        }
        return sum;
    }
}
