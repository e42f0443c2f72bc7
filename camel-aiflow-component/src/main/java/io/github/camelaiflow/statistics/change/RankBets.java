package io.github.camelaiflow.statistics.change;

import java.util.Arrays;

/** Bets that ranks are not uniform on (0, 1), as densities: each factor has the mean 1 if they are. */
interface RankBets {

    /** The density of each bet at a rank; valid until the next call. */
    double[] factors(double rank);

    /** The weight of each bet; their sum is 1. */
    double[] mixture();

    static double[] equal(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        return weights;
    }
}
