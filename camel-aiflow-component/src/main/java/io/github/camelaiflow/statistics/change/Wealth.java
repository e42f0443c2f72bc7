package io.github.camelaiflow.statistics.change;

import java.util.Arrays;

/**
 * An e-detector over several bets at once: J. Shin, A. Ramdas and A. Rinaldo, "E-detectors: a nonparametric framework for
 * sequential change detection", New England Journal of Statistics in Data Science 2, 2024. Each bet's factor has, given all
 * before, a mean of at most 1 as long as nothing has changed. A player who puts in 1 before each value and bets all he has gives M
 * = (M + 1) L (e-SR), one who puts in only what brings him back to 1 gives M = max(M, 1) L (e-CUSUM); M is the weighted mean over
 * the bets.
 *
 * <p>M less what was put in is a supermartingale, so at an alarm, M ≥ c, it was at least c that was put in on average, which
 * takes c values by e-SR: the average run length is at least c. Nor does anything change if the wealth is lost at each alarm: in n
 * values there are at most n / c alarms on average, and the chance of one is at most n / c.
 *
 * <p>What is put in by e-CUSUM for a bet whose factor is never below f is at most 1 - f a value after the first, as the
 * wealth never falls below f. So its alarms need only c = 1 + N a for an average run length of N, a being the weighted mean of 1 - f.
 *
 * <p>Wealth is at most c / weight before an alarm, and after it nothing is added: there is no overflow, and no need of
 * logarithms.
 */
final class Wealth {

    private final AlarmRule rule;
    private final double[] weights;
    private final double[] sums;
    private final double[] peaks;
    private final long[] starts;
    private double total;

    Wealth(AlarmRule rule, double[] weights) {
        this.rule = rule;
        this.weights = weights;
        this.sums = new double[weights.length];
        this.peaks = new double[weights.length];
        this.starts = new long[weights.length];
    }

    /** Takes each bet's factor and gives M. */
    double add(double[] factors) {
        double sum = 0;
        double peak = 0;
        for (int i = 0; i < weights.length; i++) {
            double factor = factors[i];
            sums[i] = (sums[i] + 1) * factor;
            sum += weights[i] * sums[i];
            boolean anew = peaks[i] <= 1;
            peaks[i] = (anew ? 1 : peaks[i]) * factor;
            starts[i] = anew ? 1 : starts[i] + 1;
            peak += weights[i] * peaks[i];
        }
        total = rule == AlarmRule.CUSUM ? peak : sum;
        return total;
    }

    double total() {
        return total;
    }

    /** How many values ago the best start of the bet was that is the richest over all starts; 0 if it gained from none. */
    long start() {
        int richest = 0;
        for (int i = 1; i < weights.length; i++) {
            if (weights[i] * sums[i] > weights[richest] * sums[richest]) {
                richest = i;
            }
        }
        return peaks[richest] > 1 ? starts[richest] : 0;
    }

    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(peaks, 0);
        Arrays.fill(starts, 0);
        total = 0;
    }

    void write(StateWriter to) {
        to.add(sums).add(peaks).add(starts).add(total);
    }

    void read(StateReader from, long count) {
        from.numbers(sums, 0, Double.MAX_VALUE);
        from.numbers(peaks, 0, Double.MAX_VALUE);
        from.counts(starts, count);
        total = from.number(0, Double.MAX_VALUE);
    }
}
