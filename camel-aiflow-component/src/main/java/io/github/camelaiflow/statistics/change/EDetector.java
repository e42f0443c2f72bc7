package io.github.camelaiflow.statistics.change;

import java.util.OptionalDouble;

/**
 * e-SR or e-CUSUM on losses whose mean, given all before, is at most a bound as long as nothing has changed: see {@link Wealth}
 * and {@link Baseline}.
 */
final class EDetector extends StreamDetector {

    private final AlarmRule rule;
    private final Baseline baseline;
    private final MeanBets bets;
    private final Wealth wealth;
    private final double threshold;

    EDetector(AlarmRule rule, Baseline baseline) {
        this.rule = rule;
        this.baseline = baseline;
        this.bets = new MeanBets(baseline.mean());
        this.wealth = new Wealth(rule, MeanBets.mixture());
        this.threshold = putIn(baseline.runLength());
    }

    /** The most that is put in for so many values. */
    private double putIn(double values) {
        return rule == AlarmRule.CUSUM ? 1 + bets.stake() * values : values;
    }

    @Override
    void check(double value) {
        checkLoss(value);
    }

    @Override
    ChangeStatus take(double value) {
        return wealth.add(bets.factors(value)) >= threshold ? ChangeStatus.CHANGED : ChangeStatus.STABLE;
    }

    @Override
    public double evidence() {
        return wealth.total();
    }

    @Override
    public double threshold() {
        return threshold;
    }

    @Override
    public long changedAgo() {
        return wealth.start();
    }

    @Override
    public OptionalDouble falseAlarmWithin(long values) {
        checkHorizon(values);
        return OptionalDouble.of(Math.min(1, baseline.miss() + putIn(values) / threshold));
    }

    @Override
    void clear() {
        wealth.clear();
    }

    @Override
    void write(StateWriter to) {
        wealth.write(to);
    }

    @Override
    void read(StateReader from) {
        wealth.read(from, count());
    }
}
