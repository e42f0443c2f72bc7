package io.github.camelaiflow.statistics;

import java.math.BigInteger;

/**
 * Count, sum, mean, variance and extremes of a stream of finite doubles, from exact sums of the values and their squares
 * ({@link ExactSum}): the same to the last bit however the stream is split and merged, and without cancellation.
 *
 * <p>Memory: about 2,300 bytes, always. Not thread-safe.
 */
public final class ExactMoments {

    private final ExactSum sum;
    private final ExactSum squares;
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** Of no value. */
    public ExactMoments() {
        this(new ExactSum(), new ExactSum());
    }

    private ExactMoments(ExactSum sum, ExactSum squares) {
        this.sum = sum;
        this.squares = squares;
    }

    /**
     * Moments that were kept as numbers.
     *
     * @param count 0 or more
     * @param sum as {@link #sum()} gave it; not kept
     * @param squares as {@link #squares()} gave it; not kept
     * @param min ignored if there is no value
     * @param max ignored if there is no value
     * @throws IllegalArgumentException if no values can have these moments
     */
    public static ExactMoments of(long count, ExactSum sum, ExactSum squares, double min, double max) {
        ExactMoments moments = new ExactMoments(sum.copy(), squares.copy());
        if (count < 0) {
            throw new IllegalArgumentException("a count must be 0 or more");
        }
        moments.count = count;
        if (count > 0) {
            moments.min = min + 0.0;
            moments.max = max + 0.0;
        }
        moments.check();
        return moments;
    }

    /** Takes a value: finite, else {@link IllegalArgumentException}. */
    public void add(double value) {
        sum.add(value);
        squares.addSquare(value);
        count++;
        double canonical = value + 0.0;
        min = Math.min(min, canonical);
        max = Math.max(max, canonical);
    }

    /** Takes what another one took; the other one stays as it is. */
    public void merge(ExactMoments other) {
        sum.merge(other.sum);
        squares.merge(other.squares);
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /** Moments of their own with the same state. */
    public ExactMoments copy() {
        ExactMoments copy = new ExactMoments();
        copy.merge(this);
        return copy;
    }

    /** How many values came. */
    public long count() {
        return count;
    }

    /** The exact sum of the values; a copy. */
    public ExactSum sum() {
        return sum.copy();
    }

    /** The exact sum of the values' squares; a copy. */
    public ExactSum squares() {
        return squares.copy();
    }

    /** The smallest value; +infinity if none came. */
    public double min() {
        return min;
    }

    /** The largest value; -infinity if none came. */
    public double max() {
        return max;
    }

    /** The mean, right to within rounding; NaN if no value came. */
    public double mean() {
        return count == 0 ? Double.NaN : ratio(sum.scaled(), BigInteger.valueOf(count), -2148);
    }

    /**
     * The sum of squared deviations over the count less {@code ddof}, right to within rounding: 0 for the variance of just these
     * values, 1 for the unbiased estimate of where they come from.
     *
     * @param ddof 0 or 1
     * @return NaN if there are not more values than {@code ddof}; infinite if it is too large for a double
     * @throws IllegalArgumentException if {@code ddof} is neither
     */
    public double variance(int ddof) {
        if (ddof != 0 && ddof != 1) {
            throw new IllegalArgumentException("ddof must be 0 or 1, was " + ddof);
        }
        if (count <= ddof) {
            return Double.NaN;
        }
        BigInteger n = BigInteger.valueOf(count);
        return ratio(spread(), n.multiply(BigInteger.valueOf(count - ddof)), -4296);
    }

    /** The square root of {@link #variance}. */
    public double standardDeviation(int ddof) {
        return Math.sqrt(variance(ddof));
    }

    /** n times the sum of squares less the square of the sum, in units of 2^-4296. */
    private BigInteger spread() {
        BigInteger total = sum.scaled();
        return squares.scaled()
                .shiftLeft(2148)
                .multiply(BigInteger.valueOf(count))
                .subtract(total.multiply(total));
    }

    /** With more binary digits than a double has, so that rounding twice hardly matters, and always alike. */
    private static double ratio(BigInteger numerator, BigInteger denominator, int exponent) {
        int digits = Math.max(0, 128 - numerator.bitLength() + denominator.bitLength());
        return ExactSum.nearest(numerator.shiftLeft(digits).divide(denominator), exponent - digits);
    }

    private void check() {
        if (count == 0) {
            require(sum.scaled().signum() == 0 && squares.scaled().signum() == 0, "the sums of no values must be 0");
            return;
        }
        require(Double.isFinite(min) && Double.isFinite(max) && min <= max, "the extremes must be finite and in order");
        BigInteger n = BigInteger.valueOf(count);
        BigInteger total = sum.scaled();
        BigInteger low = exact(min, false).multiply(n);
        BigInteger high = exact(max, false).multiply(n);
        require(low.compareTo(total) <= 0 && total.compareTo(high) <= 0, "the sum must fit the count and the extremes");
        BigInteger most = exact(Math.max(-min, max), true).multiply(n);
        boolean fits = spread().signum() >= 0 && squares.scaled().compareTo(most) <= 0;
        require(fits, "the sum of squares must fit the count, the sum and the extremes");
    }

    private static BigInteger exact(double value, boolean squared) {
        ExactSum one = new ExactSum();
        if (squared) {
            one.addSquare(value);
        } else {
            one.add(value);
        }
        return one.scaled();
    }

    private static void require(boolean condition, String requirement) {
        if (!condition) {
            throw new IllegalArgumentException(requirement);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactMoments moments
                && count == moments.count
                && min == moments.min
                && max == moments.max
                && sum.equals(moments.sum)
                && squares.equals(moments.squares);
    }

    @Override
    public int hashCode() {
        return 31 * sum.hashCode() + Long.hashCode(count);
    }
}
