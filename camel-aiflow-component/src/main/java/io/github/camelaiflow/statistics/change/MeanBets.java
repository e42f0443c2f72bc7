package io.github.camelaiflow.statistics.change;

/**
 * Bets that the mean of losses from 0 to 1 has risen above μ: (1 + gU) / (1 + gμ) for each g of a geometric grid. For an error
 * of chance μ it is the likelihood ratio of the chance (1 + g)μ / (1 + gμ). See {@code statistics.Bets} for where they come from;
 * this grid is finer, as a detector, unlike a confidence sequence, is about how soon.
 */
final class MeanBets {

    private static final int COUNT = 30;
    private static final double LEAST = 1 / 16.0;
    private static final double MOST = 64;
    /** Where most is put: a rate that about doubles, by this stake and a spread in powers of e. */
    private static final double USUAL = 1.2;

    private static final double SPREAD = 1.2;
    private static final double[] STAKES = stakes();
    private static final double[] WEIGHTS = weights();

    private final double[] inverse = new double[COUNT];
    private final double[] factors = new double[COUNT];

    /** @param mean μ, more than 0, at most 1 */
    MeanBets(double mean) {
        for (int i = 0; i < COUNT; i++) {
            inverse[i] = 1 / (1 + STAKES[i] * mean);
        }
    }

    private static double[] stakes() {
        double[] stakes = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            stakes[i] = LEAST * Math.pow(MOST / LEAST, i / (COUNT - 1.0));
        }
        return stakes;
    }

    private static double[] weights() {
        double[] weights = new double[COUNT];
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            double z = Math.log(STAKES[i] / USUAL) / SPREAD;
            weights[i] = 0.1 + Math.exp(-z * z / 2);
            sum += weights[i];
        }
        for (int i = 0; i < COUNT; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    static double[] mixture() {
        return WEIGHTS.clone();
    }

    double[] factors(double loss) {
        for (int i = 0; i < COUNT; i++) {
            factors[i] = (1 + STAKES[i] * loss) * inverse[i];
        }
        return factors;
    }

    /** The most that e-CUSUM puts in for a value after the first: the mean of 1 - 1 / (1 + gμ). */
    double stake() {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += WEIGHTS[i] * (1 - inverse[i]);
        }
        return sum;
    }
}
