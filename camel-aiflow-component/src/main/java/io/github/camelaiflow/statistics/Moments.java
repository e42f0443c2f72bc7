package io.github.camelaiflow.statistics;

import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Sum;
import org.apache.commons.statistics.descriptive.Variance;

/**
 * Count, sum, mean, variance and extremes of a stream of doubles. Mean and variance are updated value by value (B. P. Welford,
 * Technometrics 4(3), 1962) and merged after T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise
 * algorithm for computing sample variances", COMPSTAT 1982; the sum is kept in extended precision (T. Ogita, S. M. Rump and
 * S. Oishi, SIAM J. Sci. Comput. 26(6), 2005). All three by Apache Commons Statistics. Infinite values and NaN
 * have the effect they have in IEEE arithmetic.
 *
 * <p>Memory: about 250 bytes, always. Not thread-safe.
 */
public final class Moments {

    private static final int BYTES = 250;

    private final Mean mean = Mean.create();
    private final Variance variance = Variance.create();
    private final Sum sum = Sum.create();
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** Takes a value. */
    public void add(double value) {
        mean.accept(value);
        variance.accept(value);
        sum.accept(value);
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** Takes what another one took; the other one stays as it is. */
    public void merge(Moments other) {
        mean.combine(other.mean);
        variance.combine(other.variance);
        sum.combine(other.sum);
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /** Moments of their own with the same state. */
    public Moments copy() {
        Moments copy = new Moments();
        copy.merge(this);
        return copy;
    }

    /** How many values came. */
    public long count() {
        return count;
    }

    /** The sum; 0 if no value came. */
    public double sum() {
        return sum.getAsDouble();
    }

    /** The mean; NaN if no value came. */
    public double mean() {
        return mean.getAsDouble();
    }

    /**
     * The sum of squared deviations over the count less {@code ddof}, as numpy calls it: 0 for the variance of just these values,
     * 1 for the unbiased estimate of where they come from.
     *
     * @param ddof 0 or 1
     * @return NaN if there are not more values than {@code ddof}
     * @throws IllegalArgumentException if {@code ddof} is neither
     */
    public double variance(int ddof) {
        if (ddof != 0 && ddof != 1) {
            throw new IllegalArgumentException("ddof must be 0 or 1, was " + ddof);
        }
        return count > ddof ? variance.setBiased(ddof == 0).getAsDouble() : Double.NaN;
    }

    /** The square root of {@link #variance}. */
    public double standardDeviation(int ddof) {
        return Math.sqrt(variance(ddof));
    }

    /** The smallest value; +infinity if none came, NaN if one is NaN. */
    public double min() {
        return min;
    }

    /** The largest value; -infinity if none came, NaN if one is NaN. */
    public double max() {
        return max;
    }

    /** How much memory this holds, in bytes. */
    public long bytes() {
        return BYTES;
    }
}
