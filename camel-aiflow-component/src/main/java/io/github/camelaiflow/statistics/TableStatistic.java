package io.github.camelaiflow.statistics;

import java.util.function.ToDoubleFunction;

/** A number that grows with how unlike the two rows of a 2×k table are. */
@FunctionalInterface
public interface TableStatistic {

    /**
     * Pearson's chi-squared statistic. Columns without any count add nothing.
     */
    TableStatistic CHI_SQUARED = ChiSquared::new;

    /** The share of the second row's counts that stands in columns where the first row has none. */
    TableStatistic UNSEEN = (totals, size) -> row -> {
        int unseen = 0;
        for (int i = 0; i < row.length; i++) {
            if (row[i] == totals[i]) {
                unseen += row[i];
            }
        }
        return (double) unseen / size;
    };

    /**
     * The statistic as a function of the second row.
     *
     * @param totals the sums of the columns
     * @param size the sum of the second row; at least 1 and less than the sum of the totals
     */
    ToDoubleFunction<int[]> on(int[] totals, int size);

    /** With fixed margins the expected counts are fixed too, so each cell costs a subtraction and two products. */
    final class ChiSquared implements ToDoubleFunction<int[]> {

        private final double[] expected;
        private final double[] weights;

        ChiSquared(int[] totals, int size) {
            long all = 0;
            for (int total : totals) {
                all += total;
            }
            expected = new double[totals.length];
            weights = new double[totals.length];
            for (int i = 0; i < totals.length; i++) {
                expected[i] = (double) totals[i] * size / all;
                // Both rows deviate by the same amount, so the two terms of a column become one.
                weights[i] = totals[i] == 0 ? 0 : (double) all * all / ((double) totals[i] * size * (all - size));
            }
        }

        @Override
        public double applyAsDouble(int[] row) {
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                double deviation = row[i] - expected[i];
                sum += deviation * deviation * weights[i];
            }
            return sum;
        }
    }
}
