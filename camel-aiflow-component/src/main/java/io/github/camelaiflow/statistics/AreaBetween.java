package io.github.camelaiflow.statistics;

import java.util.function.ToDoubleFunction;

/** The area between the distribution functions of a table's rows over the line, or that of their squared difference. */
final class AreaBetween implements ToDoubleFunction<int[]> {

    private final double[] widths;
    private final double[] expected;
    private final double weight;
    private final boolean squared;

    /** @param widths from each column to the next */
    AreaBetween(double[] widths, int[] totals, int size, boolean squared) {
        if (totals.length != widths.length + 1) {
            throw new IllegalArgumentException(
                    "a table of " + totals.length + " columns needs as many positions, was " + (widths.length + 1));
        }
        this.widths = widths;
        this.squared = squared;
        double all = SumOverColumns.sum(totals);
        expected = new double[widths.length];
        long upTo = 0;
        for (int i = 0; i < widths.length; i++) {
            upTo += totals[i];
            expected[i] = upTo / all * size;
        }
        // The rows' distribution functions differ by a multiple of how far the second one is from the pooled one.
        weight = 1.0 / size + 1.0 / (all - size);
    }

    static double[] widths(double[] positions) {
        double[] widths = new double[Math.max(0, positions.length - 1)];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = positions[i + 1] - positions[i];
            if (!(widths[i] >= 0)) {
                throw new IllegalArgumentException("the positions of a table's columns must ascend");
            }
        }
        return widths;
    }

    @Override
    public double applyAsDouble(int[] row) {
        double area = 0;
        int upTo = 0;
        for (int i = 0; i < widths.length; i++) {
            upTo += row[i];
            double gap = upTo - expected[i];
            area += (squared ? gap * gap : Math.abs(gap)) * widths[i];
        }
        return area * (squared ? weight * weight : weight);
    }
}
