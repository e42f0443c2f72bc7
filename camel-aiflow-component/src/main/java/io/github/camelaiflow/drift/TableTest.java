package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.TableStatistic;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** A permutation test over counts. */
record TableTest(String name, int[] reference, int[] window, TableStatistic statistic, boolean informative)
        implements FieldTest {

    private static final long RARE = 10;

    /** Informative unless there is one single category in both. */
    static TableTest chiSquared(String name, int[] reference, int[] window) {
        int categories = 0;
        for (int i = 0; i < window.length; i++) {
            categories += reference[i] + window[i] > 0 ? 1 : 0;
        }
        return new TableTest(name, reference, window, TableStatistic.CHI_SQUARED, categories > 1);
    }

    /**
     * Informative only if a category is rare: one new to the window that makes up a tenth of it cannot escape the chi-squared test,
     * which then keeps the whole budget.
     *
     * @param windowRows how many records the window has, with or without a value
     */
    static TableTest unseen(String name, int[] reference, int[] window, int windowRows) {
        boolean rare = false;
        for (int i = 0; i < window.length; i++) {
            rare |= (reference[i] + window[i]) * RARE <= windowRows;
        }
        return new TableTest(name, reference, window, TableStatistic.UNSEEN, rare && window.length > 1);
    }

    @Override
    public Outcome run(double level, UniformRandomProvider random) {
        if (Arrays.stream(reference).sum() == 0 || Arrays.stream(window).sum() == 0) {
            return new Untestable();
        }
        PermutationTest test = PermutationTest.of(reference, window, statistic, level, random);
        double effect =
                statistic == TableStatistic.UNSEEN ? test.statistic() : Distances.totalVariation(reference, window);
        return new Tested(test, effect);
    }

    private record Tested(PermutationTest test, double effectSize) implements Outcome {

        @Override
        public double statistic() {
            return test.statistic();
        }

        @Override
        public double pValue() {
            return test.pValue();
        }

        @Override
        public double threshold(double level) {
            return test.criticalValue(level);
        }
    }
}
