package io.github.camelaiflow.statistics.change;

import java.util.Arrays;

/**
 * Bets for categories, which have no order that means anything: that more ranks than should be lie in one of the halves, quarters,
 * eighths or sixteenths, (1 + g) / (1 + g / k) there and 1 / (1 + g / k) elsewhere; see {@link RankBets}.
 */
final class IntervalBets implements RankBets {

    private static final int MOST_PARTS = 16;
    private static final double[] STAKES = {1, 4};

    private final double[] factors = new double[(2 * MOST_PARTS - 2) * STAKES.length];

    @Override
    public double[] factors(double rank) {
        int at = 0;
        for (double stake : STAKES) {
            for (int parts = 2; parts <= MOST_PARTS; parts *= 2) {
                double outside = 1 / (1 + stake / parts);
                Arrays.fill(factors, at, at + parts, outside);
                factors[at + Math.min(parts - 1, (int) (parts * rank))] = (1 + stake) * outside;
                at += parts;
            }
        }
        return factors;
    }

    @Override
    public double[] mixture() {
        return RankBets.equal(factors.length);
    }
}
