package io.github.camelaiflow.statistics;

/**
 * Bets on the mean of values in a known range, as factors of an e-process (J. Ville, "Étude critique de la notion de
 * collectif", 1939; I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024).
 *
 * <p>Let U be the value's place in its range, from 0 to 1, and its mean, given all before, at most μ if the null hypothesis
 * holds. Then (1 + gU) / (1 + gμ) has a mean of at most 1 for every g > 0, and so has every product of such factors, and every
 * mean over several g: by Ville's inequality it ever reaches 1/α with a chance of at most α. In Waudby-Smith and Ramdas' words
 * that is the bet λ = g / (1 + gμ), never the whole wealth. For an event of chance μ it is the likelihood ratio of about the
 * chance (1 + g)μ, which is what makes one g mean the same at every range, and one grid serve all. As μ is in the denominator
 * only, the evidence falls strictly as μ rises: what it excludes is an interval, and its end a confidence sequence.
 *
 * <p>What is summed over the values, log(1 + gU), doesn't depend on the hypothesis, and sums of several nodes add.
 */
final class Bets {

    /** A geometric grid; the weights favour events that become 1.5 to 5 times as likely, as one looks for these first. */
    static final double[] STAKES = {1 / 32.0, 1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1, 2, 4, 8, 16, 32};

    private static final double[] WEIGHTS = {1, 1, 1, 2, 4, 5, 5, 4, 2, 1, 1};
    /** The weights, summing to 1. */
    static final double[] SHARES = shares();

    static final double[] LOG_WEIGHTS = logWeights();
    static final int COUNT = STAKES.length;

    private static final int BISECTIONS = 40;

    private Bets() {}

    private static double[] shares() {
        double sum = 0;
        for (double weight : WEIGHTS) {
            sum += weight;
        }
        double[] shares = new double[WEIGHTS.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = WEIGHTS[i] / sum;
        }
        return shares;
    }

    private static double[] logWeights() {
        double[] logs = new double[SHARES.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(SHARES[i]);
        }
        return logs;
    }

    /** Adds log(1 + gU) for each g, so many times. */
    static void add(double[] logs, double place, double times) {
        if (place > 0 && times > 0) {
            for (int i = 0; i < COUNT; i++) {
                logs[i] += times * Math.log1p(STAKES[i] * place);
            }
        }
    }

    /** Takes log(1 + gμ) away for each g, so many times. */
    static void divide(double[] logs, double mean, double times) {
        double place = Math.max(0, mean);
        for (int i = 0; i < COUNT; i++) {
            logs[i] -= times * Math.log1p(STAKES[i] * place);
        }
    }

    /** The logarithm of the mean wealth over the grid. */
    static double logMixture(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < COUNT; i++) {
            largest = Math.max(largest, logs[i] + LOG_WEIGHTS[i]);
        }
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += Math.exp(logs[i] + LOG_WEIGHTS[i] - largest);
        }
        return largest + Math.log(sum);
    }

    /** The largest mean up to which all means are excluded; the lowest one if none is. */
    static double lowerLimit(LogEvidence above, double lowest, double highest, double alpha) {
        double needed = -Math.log(alpha);
        if (above.against(lowest) < needed) {
            return lowest;
        }
        double excluded = lowest;
        double open = highest;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (excluded + open) / 2;
            if (above.against(middle) >= needed) {
                excluded = middle;
            } else {
                open = middle;
            }
        }
        return excluded;
    }

    /** Logarithm of the e-value against a mean of at most so much. */
    interface LogEvidence {
        double against(double mean);
    }
}
