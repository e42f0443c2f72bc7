package io.github.camelaiflow.statistics.change;

/**
 * Bets that more ranks than should be are among the highest share τ: (1 + g) / (1 + gτ) for these and 1 / (1 + gτ) for others,
 * over a grid of shares and stakes; see {@link RankBets}. As a step is all they know of a rank, they lose nothing to the ranks' being
 * drawn at random among equal losses.
 */
final class TailBets implements RankBets {

    private static final double[] STAKES = {0.5, 1.2, 3, 10};
    private static final int SHARES = 10;
    private static final double LARGEST = 0.5;

    private final double[] shares = new double[SHARES];
    private final double[] factors = new double[SHARES * STAKES.length];

    TailBets() {
        for (int i = 0; i < SHARES; i++) {
            shares[i] = LARGEST * Math.pow(2, -i / 2.0);
        }
    }

    @Override
    public double[] factors(double rank) {
        int at = 0;
        for (double share : shares) {
            boolean high = rank > 1 - share;
            for (double stake : STAKES) {
                factors[at++] = (high ? 1 + stake : 1) / (1 + stake * share);
            }
        }
        return factors;
    }

    @Override
    public double[] mixture() {
        return RankBets.equal(factors.length);
    }
}
