package io.github.camelaiflow.statistics;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * What k of n conforming records say about the share of all that conform, and about the next records; bounds that hold with at
 * least the stated confidence for every true share and any n, on one side each. The records must be independent and alike.
 */
public final class Binomial {

    private static final double ROUNDING = 1e-10;

    private Binomial() {}

    /**
     * The exact lower confidence limit of the share: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial
     * limits", Biometrika 26, 1934.
     *
     * @param successes from 0 to n
     * @param n at least 0; 0 gives 0
     * @param confidence more than 0 and less than 1
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double lowerLimit(long successes, long n, double confidence) {
        check(successes, n, confidence);
        if (successes == 0) {
            return 0;
        }
        double low = 0;
        double high = 1;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return low;
            }
            if (atLeast(successes, n, middle) <= (1 - confidence) * (1 - ROUNDING)) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** The exact upper confidence limit of the share; see {@link #lowerLimit}. */
    public static double upperLimit(long successes, long n, double confidence) {
        check(successes, n, confidence);
        return 1 - lowerLimit(n - successes, n, confidence);
    }

    /**
     * How many of the next records conform at least: the smallest number that a one-sided exact test (R. A. Fisher's, on the 2×2
     * table of both samples) does not reject. A. R. Thatcher, "Relationships between Bayesian and confidence limits for
     * predictions", Journal of the Royal Statistical Society B 26, 1964. The chance is that of both samples together:
     * the confidence is met on average over what k might have been.
     *
     * @param successes k, from 0 to n
     * @param n records seen; 0 gives 0
     * @param next how many records come, at least 0
     * @param confidence more than 0 and less than 1
     * @throws IllegalArgumentException if an argument is out of range, or n and next are more than 2^31 - 1 together
     */
    public static int lowerPrediction(int successes, int n, int next, double confidence) {
        check(successes, n, confidence);
        if (next < 0 || (long) n + next > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the records seen and to come must be from 0 to 2^31 - 1 together, were " + n + " and " + next);
        }
        if (successes == 0 || next == 0) {
            return 0;
        }
        int low = 0;
        int high = next;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (seenAtLeast(successes, n, next, successes + middle) >= (1 - confidence) * (1 - ROUNDING)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The chance of at least r successes among n at a share. */
    static double atLeast(long r, long n, double share) {
        if (r <= 0) {
            return 1;
        }
        return r > n ? 0 : RegularizedBeta.value(share, r, n - r + 1.0);
    }

    /** The chance that at least k of {@code total} conforming records fell into the first n, wherever they might have. */
    private static double seenAtLeast(int k, int n, int next, int total) {
        HypergeometricDistribution first = HypergeometricDistribution.of(n + next, total, n);
        // Summed away from the mode, where the terms fall fast enough to stop early.
        boolean upper = k > (double) total * n / ((double) n + next);
        int at = upper ? k : k - 1;
        double term = first.probability(at);
        double tail = 0;
        while (term > 0 && term > tail * 1e-17) {
            tail += term;
            double x = at;
            double others = (double) next - total + x;
            term *= upper
                    ? (total - x) * (n - x) / ((x + 1) * (others + 1))
                    : x * others / ((total - x + 1) * (n - x + 1));
            at += upper ? 1 : -1;
        }
        return upper ? tail : 1 - tail;
    }

    private static void check(long successes, long n, double confidence) {
        if (successes < 0 || successes > n) {
            throw new IllegalArgumentException("successes must be from 0 to n = " + n + ", were " + successes);
        }
        checkInside("a confidence", confidence);
    }

    static void checkInside(String what, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be more than 0 and less than 1, was " + value);
        }
    }
}
