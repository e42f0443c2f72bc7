package io.github.camelaiflow.statistics;

import java.util.Arrays;

/**
 * Evidence about the mean of values in a known range that holds at any number of looks: e-values against "at most m" and "at
 * least m" for every m, and a confidence sequence. The values may depend on each other and change over time; what the
 * hypothesis says must hold of each one's mean given those before. Bets on a geometric grid after I. Waudby-Smith and A.
 * Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024: the mean over g of the product of (1 +
 * gU) / (1 + gμ), U and μ being the value's and m's place in the range.
 *
 * <p>About 11 logarithms a value and side; 250 bytes. What is kept adds: the evidence of several streams is the sum of theirs.
 * Not thread-safe.
 */
public final class BoundedMean {

    private final double low;
    private final double high;
    private final double[] above = new double[Bets.COUNT];
    private final double[] below = new double[Bets.COUNT];
    private long count;
    private double sum;

    /**
     * @param low the least a value can be
     * @param high the most
     * @throws IllegalArgumentException if the range is empty or not finite
     */
    public BoundedMean(double low, double high) {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("a range must be finite and not empty, was " + low + " to " + high);
        }
        this.low = low;
        this.high = high;
    }

    /**
     * Evidence as it was kept.
     *
     * @param above what {@link #above} gave
     * @param below what {@link #below} gave
     * @throws IllegalArgumentException if no values could have left this
     */
    public static BoundedMean of(double low, double high, long count, double sum, double[] above, double[] below) {
        BoundedMean mean = new BoundedMean(low, high);
        mean.count = count;
        mean.sum = sum;
        restore(above, mean.above, count);
        restore(below, mean.below, count);
        double slack = 1e-6 * (1 + count) * (high - low);
        if (count < 0 || !(sum >= count * low - slack && sum <= count * high + slack)) {
            throw new IllegalArgumentException("a mean's count and sum must be those of values in its range");
        }
        return mean;
    }

    private static void restore(double[] from, double[] to, long count) {
        double[] most = new double[Bets.COUNT];
        Bets.add(most, 1, count);
        if (from.length != to.length) {
            throw new IllegalArgumentException("there must be " + to.length + " bets, were " + from.length);
        }
        for (int i = 0; i < to.length; i++) {
            if (!(from[i] >= 0 && from[i] <= most[i] * (1 + 1e-6) + 1e-6)) {
                throw new IllegalArgumentException("a bet's wealth must be that of values in the range");
            }
            to[i] = from[i];
        }
    }

    /** Takes a value. */
    public void add(double value) {
        add(value, 1);
    }

    /**
     * Takes a value so many times.
     *
     * @throws IllegalArgumentException if it is outside the range, or times is negative
     */
    public void add(double value, long times) {
        if (!(value >= low && value <= high) || times < 0) {
            throw new IllegalArgumentException("a value must be from " + low + " to " + high);
        }
        Bets.add(above, (value - low) / (high - low), times);
        Bets.add(below, (high - value) / (high - low), times);
        count += times;
        sum += value * times;
    }

    /**
     * Takes what another one took; the other one stays as it is.
     *
     * @throws IllegalArgumentException if its range is another
     */
    public void merge(BoundedMean other) {
        if (other.low != low || other.high != high) {
            throw new IllegalArgumentException("means of different ranges don't add");
        }
        for (int i = 0; i < Bets.COUNT; i++) {
            above[i] += other.above[i];
            below[i] += other.below[i];
        }
        count += other.count;
        sum += other.sum;
    }

    /** Logarithm of the e-value against "the mean is at most m"; 0 without values. */
    public double logAbove(double m) {
        double[] logs = above.clone();
        Bets.divide(logs, (m - low) / (high - low), count);
        return Bets.logMixture(logs);
    }

    /** Logarithm of the e-value against "the mean is at least m"; 0 without values. */
    public double logBelow(double m) {
        double[] logs = below.clone();
        Bets.divide(logs, (high - m) / (high - low), count);
        return Bets.logMixture(logs);
    }

    /** The mean is above this, with a chance of at most alpha to be ever wrong about it. */
    public double lowerLimit(double alpha) {
        return Bets.lowerLimit(this::logAbove, low, high, alpha);
    }

    /** The mean is below this, with a chance of at most alpha to be ever wrong about it. */
    public double upperLimit(double alpha) {
        return -Bets.lowerLimit(m -> logBelow(-m), -high, -low, alpha);
    }

    /** How many values came. */
    public long count() {
        return count;
    }

    /** Their sum. */
    public double sum() {
        return sum;
    }

    /** What is kept of the values for one side; adds. */
    public double[] above() {
        return Arrays.copyOf(above, above.length);
    }

    /** What is kept of the values for the other side; adds. */
    public double[] below() {
        return Arrays.copyOf(below, below.length);
    }
}
