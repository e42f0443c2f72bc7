package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's step-down procedure: one level shared over many tests, valid under any dependence between them. S. Holm, "A
 * Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979. Whether anything is
 * rejected at all is decided as by Bonferroni.
 */
public final class Holm {

    private Holm() {}

    /**
     * The level each test was held against: test {@code i} is rejected exactly if {@code pValues[i] <= levels[i]}.
     *
     * @param pValues one per test, none NaN; empty gives empty
     * @param level the chance of any false rejection, shared by all
     * @return one level per test, in the order of the p-values
     */
    public static double[] levels(double[] pValues, double level) {
        int tests = pValues.length;
        Integer[] order = new Integer[tests];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] levels = new double[tests];
        int rejected = 0;
        while (rejected < tests && pValues[order[rejected]] <= level / (tests - rejected)) {
            levels[order[rejected]] = level / (tests - rejected);
            rejected++;
        }
        for (int i = rejected; i < tests; i++) {
            levels[order[i]] = level / (tests - rejected);
        }
        return levels;
    }
}
