package io.github.camelaiflow.statistics;

import java.util.function.ToDoubleFunction;

/**
 * A number that grows with how unlike the two rows of a 2×k table are. The first row is the reference, the second the window; p
 * and q stand for their relative frequencies.
 */
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

    /** Half the sum of |p − q|; from 0 to 1. */
    TableStatistic TOTAL_VARIATION = TotalVariation::new;

    /** The Hellinger distance √(½ Σ (√p − √q)²); from 0 to 1. */
    TableStatistic HELLINGER = (totals, size) -> {
        SumOverColumns sum = SumOverColumns.ofFrequencies(totals, size, (p, q) -> {
            double difference = Math.sqrt(p) - Math.sqrt(q);
            return difference * difference / 2;
        });
        return row -> Math.sqrt(sum.applyAsDouble(row));
    };

    /**
     * The Jensen–Shannon distance √(½ Σ p ln(p/m) + ½ Σ q ln(q/m)) with m = (p + q) / 2; natural logarithm, so from 0 to √(ln 2) =
     * 0.83. J. Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37, 1991.
     */
    TableStatistic JENSEN_SHANNON = (totals, size) -> {
        SumOverColumns sum = SumOverColumns.ofFrequencies(totals, size, (p, q) -> {
            double middle = (p + q) / 2;
            return (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2;
        });
        return row -> Math.sqrt(Math.max(0, sum.applyAsDouble(row)));
    };

    /**
     * The population stability index Σ (p − q) ln(p/q), which is the sum of both Kullback–Leibler divergences. So that an empty cell
     * has a logarithm, half a count is added to every cell of columns that have any count (Krichevsky and Trofimov's estimate): p
     * = (count + ½) / (sum + ½ k).
     */
    TableStatistic PSI = (totals, size) -> {
        int columns = 0;
        long all = 0;
        for (int total : totals) {
            columns += total > 0 ? 1 : 0;
            all += total;
        }
        double first = all - size + columns / 2.0;
        double second = size + columns / 2.0;
        return new SumOverColumns(totals, size, (total, count) -> {
            double p = (total - count + 0.5) / first;
            double q = (count + 0.5) / second;
            return (p - q) * Math.log(p / q);
        });
    };

    /**
     * The Wasserstein-1 distance between the two rows as distributions over these positions: the area between their distribution
     * functions.
     *
     * @param positions where the columns stand, ascending; as many as columns; copied
     */
    static TableStatistic wasserstein(double[] positions) {
        double[] widths = AreaBetween.widths(positions);
        return (totals, size) -> new AreaBetween(widths, totals, size, false);
    }

    /**
     * The energy distance √(2 ∫ (F − G)²) between the two rows as distributions over these positions; G. Székely and M. Rizzo,
     * "Energy statistics: A class of statistics based on distances", Journal of Statistical Planning and Inference 143, 2013.
     *
     * @param positions where the columns stand, ascending; as many as columns; copied
     */
    static TableStatistic energy(double[] positions) {
        double[] widths = AreaBetween.widths(positions);
        return (totals, size) -> {
            AreaBetween squared = new AreaBetween(widths, totals, size, true);
            return row -> Math.sqrt(2 * squared.applyAsDouble(row));
        };
    }

    /**
     * The statistic as a function of the second row.
     *
     * @param totals the sums of the columns
     * @param size the sum of the second row; at least 1 and less than the sum of the totals
     */
    ToDoubleFunction<int[]> on(int[] totals, int size);

    private static double relativeEntropy(double p, double middle) {
        return p == 0 ? 0 : p * Math.log(p / middle);
    }

    /** With fixed margins the expected counts are fixed too, so each cell costs a subtraction and two products. */
    final class ChiSquared implements ToDoubleFunction<int[]> {

        private final double[] expected;
        private final double[] weights;

        ChiSquared(int[] totals, int size) {
            long all = SumOverColumns.sum(totals);
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

    /** |p − q| is a multiple of how far a count is from what the margins let expect. */
    final class TotalVariation implements ToDoubleFunction<int[]> {

        private final double[] expected;
        private final double weight;

        TotalVariation(int[] totals, int size) {
            long all = SumOverColumns.sum(totals);
            expected = new double[totals.length];
            for (int i = 0; i < totals.length; i++) {
                expected[i] = (double) totals[i] * size / all;
            }
            weight = (1.0 / size + 1.0 / (all - size)) / 2;
        }

        @Override
        public double applyAsDouble(int[] row) {
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += Math.abs(row[i] - expected[i]);
            }
            return sum * weight;
        }
    }
}
