package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A statistic that is a sum over a table's columns. With fixed margins a term depends on one count alone, and permutations meet the
 * same few counts again and again, so each term is computed once, unless there could be more than {@value #MOST_KNOWN}. Not
 * thread-safe.
 */
final class SumOverColumns implements ToDoubleFunction<int[]> {

    /** 8 MB. */
    private static final int MOST_KNOWN = 1 << 20;

    private final int[] totals;
    private final int[] starts;
    private final double[] known;
    private final Term term;

    /** What a column of such a total adds if such a count of it stands in the second row. */
    @FunctionalInterface
    interface Term {

        double of(int total, int count);
    }

    /** @param size the sum of the second row, which no count of it exceeds, however large the totals */
    SumOverColumns(int[] totals, int size, Term term) {
        this.totals = totals;
        this.term = term;
        this.starts = new int[totals.length];
        long cells = 0;
        for (int i = 0; i < totals.length && cells <= MOST_KNOWN; i++) {
            starts[i] = (int) cells;
            cells += Math.min(totals[i], size) + 1L;
        }
        this.known = cells > MOST_KNOWN ? null : new double[(int) cells];
        if (known != null) {
            Arrays.fill(known, Double.NaN);
        }
    }

    /** A sum of terms of the relative frequencies of both rows. */
    static SumOverColumns ofFrequencies(int[] totals, int size, DoubleBinaryOperator term) {
        double first = sum(totals) - size;
        return new SumOverColumns(
                totals, size, (total, count) -> term.applyAsDouble((total - count) / first, (double) count / size));
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
            sum += known == null ? value(i, row[i]) : remembered(i, row[i]);
        }
        return sum;
    }

    private double remembered(int column, int count) {
        int place = starts[column] + count;
        if (Double.isNaN(known[place])) {
            known[place] = value(column, count);
        }
        return known[place];
    }

    private double value(int column, int count) {
        return totals[column] == 0 ? 0 : term.of(totals[column], count);
    }
}
