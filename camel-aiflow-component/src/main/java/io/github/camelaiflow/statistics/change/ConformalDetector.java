package io.github.camelaiflow.statistics.change;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A conformal test martingale: V. Vovk, I. Petej, I. Nouretdinov, E. Ahlberg, L. Carlsson and A. Gammerman, "Retrain or not
 * retrain: conformal test martingales for change-point detection", COPA 2021. A value's p is its rank among the reference, all
 * values since and itself, ties broken at random. As long as all of these are exchangeable, the p are independent and
 * uniform, exactly and for any distribution; a bet that they aren't is an e-process, and becomes an alarm by e-SR ({@link Wealth}).
 *
 * <p>That is exact only if each value is kept, which takes memory without end. So after an epoch of values all starts again
 * from the reference. In an epoch of c values there are c / N alarms on average at most, so in n values n / N, over what
 * references might have been; as epochs share one, alarms may come in clusters. A reset inside an epoch only gives up
 * the evidence, for the same reason.
 */
final class ConformalDetector extends StreamDetector {

    private final double[] reference;
    private final RankedValues bag = new RankedValues();
    private final RankBets bets;
    private final Wealth wealth;
    private final double falseAlarms;
    private final int epoch;
    private final long seed;
    private int seen;
    private long drawn;

    /** @param reference not to be changed if it ascends, as it is not copied then */
    ConformalDetector(double[] reference, RankBets bets, double falseAlarms, int epoch, long seed) {
        this.reference = ascending(reference);
        this.bets = bets;
        this.wealth = new Wealth(AlarmRule.SHIRYAEV_ROBERTS, bets.mixture());
        this.falseAlarms = falseAlarms;
        this.epoch = epoch;
        this.seed = seed;
        bag.set(this.reference);
    }

    private static double[] ascending(double[] values) {
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[i - 1]) {
                double[] sorted = values.clone();
                Arrays.sort(sorted);
                return sorted;
            }
        }
        return values;
    }

    @Override
    void check(double value) {
        checkNumber(value);
    }

    static void checkNumber(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("a value must be a number");
        }
    }

    @Override
    ChangeStatus take(double value) {
        if (seen == epoch) {
            begin();
        }
        seen++;
        double alike = value + 0.0;
        int below = bag.below(alike);
        int equal = bag.notAbove(alike) - below;
        double p = (below + uniform(drawn++) * (equal + 1)) / (bag.count() + 1.0);
        bag.add(alike);
        return wealth.add(bets.factors(p)) >= falseAlarms ? ChangeStatus.CHANGED : ChangeStatus.STABLE;
    }

    private void begin() {
        bag.set(reference);
        wealth.clear();
        seen = 0;
    }

    /** A number in (0, 1) that depends on the seed and the place alone: the finaliser of SplitMix64. */
    private double uniform(long place) {
        long z = seed + (place + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (((z ^ (z >>> 31)) >>> 11) + 0.5) * 0x1p-53;
    }

    @Override
    public double evidence() {
        return wealth.total();
    }

    @Override
    public double threshold() {
        return falseAlarms;
    }

    @Override
    public long changedAgo() {
        return wealth.start();
    }

    @Override
    public OptionalDouble falseAlarmWithin(long values) {
        checkHorizon(values);
        return OptionalDouble.of(Math.min(1, values / falseAlarms));
    }

    @Override
    void clear() {
        wealth.clear();
    }

    /** The values of the epoch are not kept: it begins anew, which only gives up evidence. An alarm stays as it is. */
    @Override
    void write(StateWriter to) {
        to.add(drawn);
        wealth.write(to);
    }

    @Override
    void read(StateReader from) {
        begin();
        drawn = from.count(Long.MAX_VALUE);
        wealth.read(from, count());
        if (status() != ChangeStatus.CHANGED) {
            wealth.clear();
        }
    }
}
