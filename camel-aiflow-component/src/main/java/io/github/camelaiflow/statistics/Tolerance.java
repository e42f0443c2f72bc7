package io.github.camelaiflow.statistics;

import java.util.function.LongPredicate;

/**
 * Limits from sorted samples that hold for every distribution: S. S. Wilks, "Determination of sample sizes for setting tolerance
 * limits", Annals of Mathematical Statistics 12, 1941; for quantiles, H. A. David and H. N. Nagaraja, "Order Statistics",
 * 2003, 7.1. An order says which of the n sorted values is the limit, counted from 1. The values must be independent and
 * alike; where values are tied, the limits hold with more than the stated confidence.
 */
public final class Tolerance {

    private Tolerance() {}

    /**
     * The largest order whose value at least the given share of all values is not below.
     *
     * @param n the sample's size
     * @return from 1 to n, or 0 if the sample is too small for any limit
     * @throws IllegalArgumentException if n is negative, or share or confidence not between 0 and 1
     */
    public static long lowerLimit(long n, double share, double confidence) {
        return lowerQuantileLimit(n, 1 - share, confidence);
    }

    /** The smallest order whose value at least the share is not above; n + 1 if the sample is too small. */
    public static long upperLimit(long n, double share, double confidence) {
        return n + 1 - lowerLimit(n, share, confidence);
    }

    /**
     * How many values can be cut at each end so that the rest of the sample still spans at least the share of all values.
     *
     * @return r for the limits r and n + 1 - r, or 0 if the sample is too small for any
     */
    public static long trimmed(long n, double share, double confidence) {
        check(n, share, confidence);
        // The share between orders r and n + 1 - r is that of n + 1 - 2r gaps between values.
        return largest((n + 1) / 2, r -> 1 - Binomial.atLeast(n + 1 - 2 * r, n, share) >= confidence);
    }

    /** The smallest sample whose minimum and maximum span at least the share: {@link #trimmed} gives 1 there. */
    public static long sampleSize(double share, double confidence) {
        check(0, share, confidence);
        long high = 2;
        while (trimmed(high, share, confidence) == 0) {
            high *= 2;
        }
        long low = high / 2;
        while (low + 1 < high) {
            long middle = (low + high) / 2;
            if (trimmed(middle, share, confidence) == 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * The largest order whose value is at most the true p-quantile.
     *
     * @return from 1 to n, or 0 if the sample is too small for any limit
     */
    public static long lowerQuantileLimit(long n, double p, double confidence) {
        check(n, p, confidence);
        return largest(n, r -> Binomial.atLeast(r, n, p) >= confidence);
    }

    /** The smallest order whose value is at least the true p-quantile; n + 1 if the sample is too small. */
    public static long upperQuantileLimit(long n, double p, double confidence) {
        return n + 1 - lowerQuantileLimit(n, 1 - p, confidence);
    }

    /** The largest number up to {@code high} that holds, where all below one that holds do too; 0 if none from 1 does. */
    private static long largest(long high, LongPredicate holds) {
        long low = 0;
        long upper = high;
        while (low < upper) {
            long middle = low + (upper - low + 1) / 2;
            if (holds.test(middle)) {
                low = middle;
            } else {
                upper = middle - 1;
            }
        }
        return low;
    }

    private static void check(long n, double share, double confidence) {
        if (n < 0) {
            throw new IllegalArgumentException("a sample's size must not be negative, was " + n);
        }
        Binomial.checkInside("a share", share);
        Binomial.checkInside("a confidence", confidence);
    }
}
