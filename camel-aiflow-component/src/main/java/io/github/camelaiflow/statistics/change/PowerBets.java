package io.github.camelaiflow.statistics.change;

/**
 * Bets that values become larger, smaller, move apart or together: the densities (1 + b) u^b of u = p, 1 - p, |2p - 1| and 1 - |2p
 * - 1|, each uniform if the rank p is, for b = ¼, ½, 1, 2, 4, 8, 16. The power bets of V. Vovk, I. Nouretdinov and A. Gammerman,
 * "Testing exchangeability on-line", ICML 2003, from their bounded end.
 */
final class PowerBets implements RankBets {

    private static final int POWERS = 7;

    private final double[] factors = new double[4 * POWERS];

    @Override
    public double[] factors(double rank) {
        double outer = Math.abs(2 * rank - 1);
        powers(rank, 0);
        powers(1 - rank, POWERS);
        powers(outer, 2 * POWERS);
        powers(1 - outer, 3 * POWERS);
        return factors;
    }

    private void powers(double u, int at) {
        double root = Math.sqrt(u);
        factors[at] = 1.25 * Math.sqrt(root);
        factors[at + 1] = 1.5 * root;
        double power = u;
        for (int i = 2; i < POWERS; i++) {
            factors[at + i] = (1 + (1 << (i - 2))) * power;
            power *= power;
        }
    }

    @Override
    public double[] mixture() {
        return RankBets.equal(factors.length);
    }
}
