package io.github.camelaiflow.statistics;

/**
 * Limits of the mean of independent values from 0 to 1 of which count and sum alone are known: W. Hoeffding, "Probability inequalities for
 * sums of bounded random variables", JASA 58, 1963, theorem 1: the mean of n falls to m or below with a chance of at most exp(-n·KL(m, μ)). At
 * most as good as {@link Binomial}'s limits for events, but for any values in the range.
 */
public final class HoeffdingLimit {

    private static final int BISECTIONS = 60;

    private HoeffdingLimit() {}

    /**
     * The mean is below this, but for a chance of at most alpha.
     *
     * @param count of the values; 0 gives 1
     * @param sum of the values, from 0 to count
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double upper(long count, double sum, double alpha) {
        if (count < 0 || !(sum >= 0 && sum <= count)) {
            throw new IllegalArgumentException("a sum of values from 0 to 1 must be from 0 to their count");
        }
        Binomial.checkInside("alpha", alpha);
        if (count == 0) {
            return 1;
        }
        double mean = sum / count;
        double needed = -Math.log(alpha) / count;
        double low = mean;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (divergence(mean, middle) >= needed) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static double divergence(double p, double q) {
        double ones = p == 0 ? 0 : p * Math.log(p / q);
        double zeros = p == 1 ? 0 : (1 - p) * Math.log((1 - p) / (1 - q));
        return ones + zeros;
    }
}
