package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Whether the two rows of a 2×k table come from one distribution, by permutation: with all margins fixed, the second row is
 * multivariate hypergeometric, however rare or many the categories. Exact at any sample size: the chance of
 * {@code pValue <= level} is at most {@code level} for every level.
 *
 * <p>The p-value of {@code l} draws of which {@code b} reached the observed statistic is {@code (b + 1) / (l + 1)} (B. Phipson
 * and G. Smyth, SAGMB 9, 2010). Drawing stops as soon as {@value #EXCEEDANCES} draws have reached it and the critical value is
 * known (J. Besag and P. Clifford, "Sequential Monte Carlo p-values", Biometrika 78, 1991; dividing by {@code l + 1} instead of
 * {@code l} errs on the safe side), so a table without drift costs a tenth of one with.
 */
public final class PermutationTest {

    /** So many draws reaching the observed statistic settle that it is nothing unusual. */
    static final int EXCEEDANCES = 10;

    private static final int USUAL_DRAWS = 99_999;
    private static final int MOST_DRAWS = 999_999;
    private static final int CRITICAL_VALUE_DRAWS = 4_000;
    private static final double ROUNDING = 1e-10;

    private final double statistic;
    private final double pValue;
    private final double[] sortedDraws;

    private PermutationTest(double statistic, double pValue, double[] sortedDraws) {
        this.statistic = statistic;
        this.pValue = pValue;
        this.sortedDraws = sortedDraws;
    }

    /**
     * Tests two rows of counts.
     *
     * @param reference first row, at least 1 in sum
     * @param window second row, as long, at least 1 in sum
     * @param statistic what is compared with its permutations
     * @param level the lowest level the result will be held against; decides how many draws are made: ten times its inverse,
     *     at most 99,999, or its inverse where that is more, at most 999,999
     * @param random used by this call alone
     */
    public static PermutationTest of(
            int[] reference, int[] window, TableStatistic statistic, double level, UniformRandomProvider random) {
        int[] totals = new int[window.length];
        Arrays.setAll(totals, i -> Math.addExact(reference[i], window[i]));
        int size = Arrays.stream(window).sum();
        ToDoubleFunction<int[]> function = statistic.on(totals, size);
        double observed = function.applyAsDouble(window);
        MultivariateHypergeometric sampler = new MultivariateHypergeometric(totals, size, random);
        int[] row = new int[window.length];
        return draw(observed, level, () -> {
            sampler.sample(row);
            return function.applyAsDouble(row);
        });
    }

    /**
     * Tests any statistic.
     *
     * @param observed the statistic as observed; larger is more unlike
     * @param level the lowest level the result will be held against
     * @param permuted gives the statistic of another random permutation each time
     */
    public static PermutationTest of(double observed, double level, DoubleSupplier permuted) {
        return draw(observed, level, permuted);
    }

    private static PermutationTest draw(double observed, double level, DoubleSupplier permuted) {
        double unusual = observed - Math.abs(observed) * ROUNDING;
        int most = draws(level);
        int fewest = (int) Math.min(Math.ceil(1 / level), CRITICAL_VALUE_DRAWS);
        double[] drawn = new double[Math.min(most, fewest)];
        int reached = 0;
        int count = 0;
        while (count < most && (count < fewest || reached < EXCEEDANCES)) {
            double value = permuted.getAsDouble();
            reached += value >= unusual ? 1 : 0;
            if (count == drawn.length) {
                drawn = Arrays.copyOf(drawn, Math.min(most, 2 * count));
            }
            drawn[count++] = value;
        }
        double[] sorted = Arrays.copyOf(drawn, count);
        Arrays.sort(sorted);
        return new PermutationTest(observed, (reached + 1.0) / (count + 1.0), sorted);
    }

    /**
     * Whether tables of these sizes can be told apart at that level at all: if the two rows shared no category, would the
     * p-value be small enough?
     */
    public static boolean canReject(int referenceSize, int windowSize, double level) {
        return 1 / level <= MOST_DRAWS + 1.0
                && referenceSize > 0
                && windowSize > 0
                && Math.log(2) - LogFactorials.logChoices(referenceSize, windowSize) <= Math.log(level);
    }

    private static int draws(double level) {
        double usual = Math.min(Math.ceil(EXCEEDANCES / level) - 1, USUAL_DRAWS);
        return (int) Math.max(usual, Math.min(Math.ceil(1 / level) - 1, MOST_DRAWS));
    }

    /** The observed statistic. */
    public double statistic() {
        return statistic;
    }

    /** The chance of a statistic at least as large without any difference; from 1/(draws + 1) to 1. */
    public double pValue() {
        return pValue;
    }

    /** How many permutations were drawn. */
    public int draws() {
        return sortedDraws.length;
    }

    /**
     * The permutation quantile that belongs to the p-value: {@code pValue <= level} exactly if the statistic is above it
     * (up to rounding of doubles).
     *
     * @return NaN where the p-value was settled, far from that level, before enough was drawn to know
     */
    public double criticalValue(double level) {
        int above = (int) Math.floor(level * (sortedDraws.length + 1.0));
        return above < 1 || above > sortedDraws.length ? Double.NaN : sortedDraws[sortedDraws.length - above];
    }
}
