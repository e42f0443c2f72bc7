package io.github.camelaiflow.statistics;

import java.util.Arrays;

/**
 * Evidence as e-values: numbers of which the average without a difference is at most 1, so one of 20 or more has a chance of at most
 * 1/20. Averages of e-values are e-values whatever their dependence, which p-values know nothing like. V. Vovk and R. Wang,
 * "E-values: Calibration, combination and applications", Annals of Statistics 49, 2021.
 */
public final class EValues {

    private static final int HALVINGS = 200;
    /** Below it, a series says what the closed form loses to cancellation. */
    private static final double NEAR_ONE = 1e-3;

    private EValues() {}

    /**
     * The e-value of a p-value: ∫ κ p^(κ−1) dκ over κ from 0 to 1, which is (1 − p + p ln p) / (p ln² p): Vovk and Wang's (2)
     * calibrator without a parameter.
     *
     * @param pValue above 0, at most 1
     * @return from ½, for 1, upwards; 20 for 0.00105, 1000 for 0.000007
     */
    public static double of(double pValue) {
        double log = Math.log(pValue);
        if (-log < NEAR_ONE) {
            return 0.5 - log / 6 + log * log / 24;
        }
        return (1 - pValue + pValue * log) / (pValue * log * log);
    }

    /** The largest p-value whose e-value is at least this; 1 for ½ or less. */
    public static double pValue(double eValue) {
        if (eValue <= of(1)) {
            return 1;
        }
        double low = Math.log(Double.MIN_NORMAL);
        double high = 0;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = (low + high) / 2;
            if (of(Math.exp(middle)) >= eValue) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(low);
    }

    /**
     * Wang and Ramdas' e-BH on calibrated p-values: the expected share of false rejections is at most the level, under any
     * dependence. R. Wang and A. Ramdas, "False discovery rate control with e-values", JRSS B 84, 2022. Returned as levels of
     * p-values: test {@code i} is rejected exactly if {@code pValues[i] <= levels[i]}.
     *
     * @param pValues one per test, none NaN; empty gives empty
     * @return one level per test, all the same
     */
    public static double[] levels(double[] pValues, double level) {
        double[] sorted = pValues.clone();
        Arrays.sort(sorted);
        int tests = sorted.length;
        int rejected = tests;
        while (rejected > 1 && sorted[rejected - 1] > pValue(tests / (rejected * level))) {
            rejected--;
        }
        double[] levels = new double[tests];
        Arrays.fill(levels, tests == 0 ? 0 : pValue(tests / (rejected * level)));
        return levels;
    }

    /**
     * The evidence of all tests together: the mean of their e-values, itself an e-value under any dependence. It is at least 1/level
     * whenever {@link #levels} rejects anything, and may be so when it does not.
     *
     * @return NaN for no test
     */
    public static double mean(double[] eValues) {
        return Arrays.stream(eValues).average().orElse(Double.NaN);
    }
}
