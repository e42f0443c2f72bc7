package io.github.camelaiflow.statistics;

import java.util.Map;
import java.util.TreeMap;

/**
 * The mean of values from 0 to 1, of which each was seen with a known chance only, and bounds on it that hold at any number of looks.
 *
 * <p>Let S say whether a value was seen, p the chance of that, w = 1/p, and ℓ the value. Given all before, S·w·(ℓ - R) has the mean μ - R
 * whatever p depends on, so long as S depends on nothing else that tells of ℓ (D. G. Horvitz and D. J. Thompson, JASA 47, 1952). With p
 * never below P, a bet on it is never the whole wealth: with v = P/p the factor is (1 + g(R + v(ℓ - R))) / (1 + gR), the mean of which is
 * at most 1 if μ is at most R, and which is 1 for a value that was not seen; so what was not seen need not be known. Bets and limits
 * as in {@link BoundedMean}, which this equals where all were seen (I. Waudby-Smith, L. Wu, A. Ramdas, N. Karampatziakis and P. Mineiro,
 * "Anytime-valid off-policy inference for contextual bandits", ACM/IMS Journal of Data Science 1, 2024). What is bounded is the mean of
 * all that could have been seen; where all were seen it may change, and the bounds are for the average of each one's mean given those before.
 *
 * <p>Values and chances are counted on a grid. What lies between its points is shared out among its neighbours so that v and vℓ
 * keep their sums; as the logarithm of the factor is concave in both, evidence is only lost by this, never won, so that the bounds stay
 * exact. The mean itself knows no grid. A value costs a few additions; memory is about 100 bytes for events, 350 for values, and as
 * much for each different chance up to 8, then for each power of √2. Not thread-safe.
 */
public final class WeightedMean {

    private static final int EXACT_ROWS = 8;
    private static final int STEPS = 32;
    private static final double[] EVENT = {0, 1};
    private static final double[] SQUARES = squares();

    private final double[] nodes;
    private final double least;
    private final TreeMap<Double, double[]> rows = new TreeMap<>();
    private long count;
    private double weights;
    private double sum;

    private WeightedMean(double[] nodes, double least) {
        if (!(least > 0 && least <= 1)) {
            throw new IllegalArgumentException("the least chance of being seen must be above 0 and at most 1");
        }
        this.nodes = nodes;
        this.least = least;
    }

    /** Fine where good losses are: near 0. */
    private static double[] squares() {
        double[] nodes = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            nodes[i] = (double) i * i / (STEPS * STEPS);
        }
        return nodes;
    }

    /**
     * For values that are 0 or 1 (others are taken as well, at a cost in evidence).
     *
     * @param least chance with which any value is seen, above 0 and at most 1; the smaller, the wider the bounds
     */
    public static WeightedMean ofEvents(double least) {
        return new WeightedMean(EVENT, least);
    }

    /** For any values from 0 to 1; see {@link #ofEvents}. */
    public static WeightedMean ofValues(double least) {
        return new WeightedMean(SQUARES, least);
    }

    /**
     * Takes a value that was seen.
     *
     * @param value from 0 to 1
     * @param chance with which it was to be seen, from the least to 1
     * @throws IllegalArgumentException if one is out of range
     */
    public void add(double value, double chance) {
        if (!(value >= 0 && value <= 1) || !(chance >= least && chance <= 1)) {
            throw new IllegalArgumentException("a value must be from 0 to 1, its chance from " + least + " to 1");
        }
        double v = Math.min(1, least / chance);
        count++;
        weights += v;
        sum += v * value;
        if (rows.containsKey(v) || rows.size() < EXACT_ROWS) {
            share(v, value, 1);
            return;
        }
        double below = Math.max(or(rows.floorKey(v), 0), step(v, false));
        double above = Math.min(or(rows.ceilingKey(v), 1), step(v, true));
        double part = above > below ? (v - below) / (above - below) : 0;
        share(below, value, 1 - part);
        share(above, value, part);
    }

    private static double or(Double key, double otherwise) {
        return key == null ? otherwise : key;
    }

    /** The next power of √2, not below the least chance. */
    private double step(double v, boolean up) {
        double exponent = 2 * Math.log(v) / Math.log(2);
        double power = Math.pow(2, (up ? Math.ceil(exponent) : Math.floor(exponent)) / 2);
        return up ? Math.min(1, Math.max(v, power)) : Math.max(least, Math.min(v, power));
    }

    private void share(double v, double value, double times) {
        if (times <= 0) {
            return;
        }
        double[] row = rows.computeIfAbsent(v, key -> new double[nodes.length]);
        int above = 1;
        while (nodes[above] < value) {
            above++;
        }
        double part = (value - nodes[above - 1]) / (nodes[above] - nodes[above - 1]);
        row[above - 1] += times * (1 - part);
        row[above] += times * part;
    }

    /**
     * Takes what another one took; the other one stays as it is.
     *
     * @throws IllegalArgumentException if it is for other values or another least chance
     */
    public void merge(WeightedMean other) {
        if (other.nodes != nodes || other.least != least) {
            throw new IllegalArgumentException("means of different kinds don't add");
        }
        count += other.count;
        weights += other.weights;
        sum += other.sum;
        other.rows.forEach((v, from) -> {
            double[] to = rows.computeIfAbsent(v, key -> new double[nodes.length]);
            for (int i = 0; i < to.length; i++) {
                to[i] += from[i];
            }
        });
    }

    /** How many values were seen. */
    public long count() {
        return count;
    }

    /** The mean, each value by the inverse of its chance (J. Hájek, 1971); NaN without values. */
    public double mean() {
        return sum / weights;
    }

    /** Logarithm of the e-value against "the mean is at most m"; 0 without values. */
    public double logAbove(double m) {
        return logEvidence(m, false, seenAlways(false));
    }

    /** Logarithm of the e-value against "the mean is at least m"; 0 without values. */
    public double logBelow(double m) {
        return logEvidence(1 - m, true, seenAlways(true));
    }

    /** The mean is above this, with a chance of at most alpha to be ever wrong about it; 0 if nothing is known. */
    public double lowerLimit(double alpha) {
        double[] always = seenAlways(false);
        return Bets.lowerLimit(m -> logEvidence(m, false, always), 0, 1, alpha);
    }

    /** The mean is below this, with a chance of at most alpha to be ever wrong about it; 1 if nothing is known. */
    public double upperLimit(double alpha) {
        double[] always = seenAlways(true);
        return 1 - Bets.lowerLimit(m -> logEvidence(m, true, always), 0, 1, alpha);
    }

    /** The part of the evidence that doesn't depend on the hypothesis: v = 1. */
    private double[] seenAlways(boolean mirrored) {
        double[] logs = new double[Bets.COUNT];
        double[] row = rows.get(1.0);
        for (int i = 0; row != null && i < row.length; i++) {
            Bets.add(logs, mirrored ? 1 - nodes[i] : nodes[i], row[i]);
        }
        return logs;
    }

    private double logEvidence(double m, boolean mirrored, double[] always) {
        double[] logs = always.clone();
        double place = Math.max(0, m);
        double times = 0;
        for (Map.Entry<Double, double[]> row : rows.entrySet()) {
            double v = row.getKey();
            for (int i = 0; i < nodes.length; i++) {
                double here = row.getValue()[i];
                times += here;
                if (v < 1) {
                    double value = mirrored ? 1 - nodes[i] : nodes[i];
                    Bets.add(logs, place * (1 - v) + v * value, here);
                }
            }
        }
        Bets.divide(logs, place, times);
        return Bets.logMixture(logs);
    }
}
