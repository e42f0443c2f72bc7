package io.github.camelaiflow.statistics;

/**
 * Evidence that the mean of values from 0 to 1 has risen above a bound, whenever that was: an e-process against "each value's mean, given
 * those before, is at most the bound". It ever reaches 1/α with a chance of at most α (J. Ville 1939), however long the stream.
 *
 * <p>A bet that goes on since the first value loses what a long good time costs. Here one starts with every value s, by a weight q(s), all
 * of which sum to 1: the mixture over starts is an e-process again, and after a rise the bets that start about then pay. With M a stake's
 * wealth over all starts, M ← (M + q)·f: all starts in constant memory, none is dropped. The recursion is that of the e-SR detector (J. Shin,
 * A. Ramdas and A. Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", NEJSDS 2, 2024), which weighs all
 * starts alike and so bounds how often it alarms; weights that sum to 1 bound whether it ever does. Factors f and the mixture over stakes as in
 * {@link BoundedMean}, for values seen with a known chance as in {@link WeightedMean}. Half the weight is on the first value, for a stream that is
 * bad from its beginning; R(s) = ½ (1 + s/c)^(-1/4) of it on starts after s, so that with c = 2,000 a rise after 50,000 values costs 14 nats
 * and one after 10^6 values 18. About 20 multiplications a value, 500 bytes. Not thread-safe.
 */
public final class RiseTest {

    private static final double FIRST = 0.5;
    private static final double POWER = -0.25;
    /** Wealth above it is given away, which costs nothing but evidence nobody needs. */
    private static final double MOST = 1e250;

    private final double bound;
    private final double least;
    private final double scale;
    private final double[] wealth = new double[Bets.COUNT];
    private final double[] best = new double[Bets.COUNT];
    private final long[] starts = new long[Bets.COUNT];
    private final long[] marks = new long[Bets.COUNT];
    private final double[] scales = new double[Bets.COUNT];
    private long count;
    private double later = 1;

    /**
     * @param bound what the mean is at most if all is well, from 0 and below 1
     * @param least chance with which any value is seen, above 0 and at most 1
     * @param scale c, above 0: about how many values a short stream has
     * @throws IllegalArgumentException if one is out of range
     */
    public RiseTest(double bound, double least, double scale) {
        if (!(bound >= 0 && bound < 1) || !(least > 0 && least <= 1) || !(scale > 0)) {
            throw new IllegalArgumentException("a bound must be from 0 and below 1, a chance above 0 and at most 1");
        }
        this.bound = bound;
        this.least = least;
        this.scale = scale;
        for (int i = 0; i < Bets.COUNT; i++) {
            scales[i] = 1 / (1 + Bets.STAKES[i] * bound);
        }
    }

    /**
     * Takes a value.
     *
     * @param value from 0 to 1
     * @param chance with which it was to be seen, from the least to 1
     * @param mark told again by {@link #mark} if the rise began here
     * @throws IllegalArgumentException if one is out of range
     */
    public void add(double value, double chance, long mark) {
        if (!(value >= 0 && value <= 1) || !(chance >= least && chance <= 1)) {
            throw new IllegalArgumentException("a value must be from 0 to 1, its chance from " + least + " to 1");
        }
        double v = Math.min(1, least / chance);
        double place = bound * (1 - v) + v * value;
        count++;
        double before = later;
        later = (1 - FIRST) * Math.pow(1 + count / scale, POWER);
        double weight = before - later;
        for (int i = 0; i < Bets.COUNT; i++) {
            double factor = (1 + Bets.STAKES[i] * place) * scales[i];
            wealth[i] = Math.min(MOST, (wealth[i] + weight) * factor);
            if (best[i] <= weight) {
                best[i] = weight;
                starts[i] = count;
                marks[i] = mark;
            }
            best[i] = Math.min(MOST, best[i] * factor);
        }
    }

    /** Logarithm of the e-value so far; 0 without values. */
    public double logEvidence() {
        double sum = later;
        for (int i = 0; i < Bets.COUNT; i++) {
            sum += Bets.SHARES[i] * wealth[i];
        }
        return Math.log(sum);
    }

    /** The value, counted from 1, since which the mean has most likely been above the bound: that of the bet that won most; 0 without values. */
    public long change() {
        return starts[winner()];
    }

    /** The mark of that value; 0 without values. */
    public long mark() {
        return marks[winner()];
    }

    private int winner() {
        int winner = 0;
        for (int i = 1; i < Bets.COUNT; i++) {
            if (Math.log(best[i]) + Bets.LOG_WEIGHTS[i] > Math.log(best[winner]) + Bets.LOG_WEIGHTS[winner]) {
                winner = i;
            }
        }
        return winner;
    }

    /** How many values came. */
    public long count() {
        return count;
    }

    /** The bound. */
    public double bound() {
        return bound;
    }

    /**
     * About how many values it takes from the first one on until a mean is found out: the logarithm of 1/alpha, and of the weights, by the
     * wealth that the best stake wins a value if these are 0 or 1, which is the slowest case.
     *
     * @param mean what the values' mean is, above the bound
     * @param chance with which all are seen, from the least to 1
     * @return infinite if the mean is not above the bound
     */
    public double needed(double mean, double chance, double alpha) {
        double v = least / chance;
        double fewest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < Bets.COUNT; i++) {
            double g = Bets.STAKES[i];
            double won = mean * Math.log1p(g * (bound * (1 - v) + v))
                    + (1 - mean) * Math.log1p(g * bound * (1 - v))
                    - Math.log1p(g * bound);
            if (won > 0) {
                fewest = Math.min(fewest, (-Math.log(alpha * FIRST) - Bets.LOG_WEIGHTS[i]) / won);
            }
        }
        return fewest;
    }
}
