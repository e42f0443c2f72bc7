package io.github.camelaiflow.statistics.change;

/**
 * The drift detection method: J. Gama, P. Medas, G. Castillo and P. Rodrigues, "Learning with drift detection", SBIA 2004. With
 * p the share of errors and s = √(p(1 - p)/n), p + s is compared with its least so far: 2 of that s more is a warning, 3 a
 * change; after 30 values. Made for errors; of losses between 0 and 1, s is an upper bound. Has no rate of false alarms
 * one could set.
 */
final class Ddm extends StreamDetector {

    private static final int WARM_UP = 30;
    private static final double WARNING = 2;
    private static final double CHANGE = 3;
    private static final double NO_DEVIATION = 1e-9;

    private double mean;
    private double leastMean;
    private double leastDeviation;
    private double deviations;
    private long warningSince;

    Ddm() {
        clear();
    }

    @Override
    void check(double value) {
        checkLoss(value);
    }

    @Override
    ChangeStatus take(double value) {
        mean += (value - mean) / count();
        if (count() < WARM_UP) {
            return ChangeStatus.LEARNING;
        }
        double deviation = Math.sqrt(Math.max(0, mean * (1 - mean)) / count());
        if (mean + deviation <= leastMean + leastDeviation) {
            leastMean = mean;
            leastDeviation = deviation;
        }
        // Without an error in the first values the least deviation is 0, and by the paper's rule the first error a
        // change.
        deviations = (mean + deviation - leastMean) / Math.max(leastDeviation, NO_DEVIATION);
        return judge();
    }

    private ChangeStatus judge() {
        if (deviations <= WARNING) {
            warningSince = 0;
            return ChangeStatus.STABLE;
        }
        warningSince = warningSince == 0 ? count() : warningSince;
        return deviations > CHANGE ? ChangeStatus.CHANGED : ChangeStatus.WARNING;
    }

    /** How many least deviations p + s is above the least p. */
    @Override
    public double evidence() {
        return deviations;
    }

    @Override
    public double threshold() {
        return CHANGE;
    }

    /** Since the warning that led to it, as in the paper. */
    @Override
    public long changedAgo() {
        return warningSince == 0 ? 0 : count() - warningSince + 1;
    }

    @Override
    void clear() {
        mean = 0;
        leastMean = 1;
        leastDeviation = 1;
        deviations = 0;
        warningSince = 0;
    }

    @Override
    void write(StateWriter to) {
        to.add(warningSince).add(mean, leastMean, leastDeviation, deviations);
    }

    @Override
    void read(StateReader from) {
        warningSince = from.count(count());
        mean = from.number(0, 1);
        leastMean = from.number(0, 1);
        leastDeviation = from.number(0, 1);
        deviations = from.number(0, Double.MAX_VALUE);
    }
}
