package io.github.camelaiflow.statistics;

import java.util.Arrays;

/**
 * Benjamini and Yekutieli's step-up procedure: the expected share of false rejections among all is at most a level, under any
 * dependence between the tests. Y. Benjamini and D. Yekutieli, "The control of the false discovery rate in multiple testing
 * under dependency", Annals of Statistics 29, 2001. Where nothing differs at all, each rejection is false, so the level is then
 * also the chance of any.
 *
 * <p>For that it pays a factor 1 + 1/2 + … + 1/k over k tests, which the procedure for independent tests (Benjamini and Hochberg)
 * does not: {@link Holm} finds a lone difference more easily, this one many at once.
 */
public final class FalseDiscovery {

    private FalseDiscovery() {}

    /**
     * The level each test was held against: test {@code i} is rejected exactly if {@code pValues[i] <= levels[i]}.
     *
     * @param pValues one per test, none NaN; empty gives empty
     * @param level the expected share of false rejections
     * @return one level per test, all the same
     */
    public static double[] levels(double[] pValues, double level) {
        double[] sorted = pValues.clone();
        Arrays.sort(sorted);
        double step = lowestLevel(sorted.length, level);
        int rejected = sorted.length;
        while (rejected > 1 && sorted[rejected - 1] > rejected * step) {
            rejected--;
        }
        double[] levels = new double[sorted.length];
        Arrays.fill(levels, rejected * step);
        return levels;
    }

    /** What the smallest of so many p-values is held against if no other is small. */
    static double lowestLevel(int tests, double level) {
        double harmonic = 0;
        for (int i = 1; i <= tests; i++) {
            harmonic += 1.0 / i;
        }
        return level / (tests * harmonic);
    }
}
