package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.TableStatistic;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** A permutation test over counts. */
record TableTest(
        String name, int[] reference, int[] window, TableStatistic statistic, boolean informative, double minimumEffect)
        implements FieldTest {

    private static final long RARE = 10;

    /** What a field's values were; informative unless all were of one sort in both. */
    static TableTest presence(int[] reference, int[] window, double minimumEffect) {
        return new TableTest(
                "presence", reference, window, TableStatistic.CHI_SQUARED, several(reference, window), minimumEffect);
    }

    /** Informative unless there is one single category in both. */
    static TableTest categories(TestChoice choice, int[] reference, int[] window) {
        return new TableTest(
                choice.test().label(),
                reference,
                window,
                choice.test().statistic(),
                several(reference, window),
                choice.minimumEffect());
    }

    private static boolean several(int[] reference, int[] window) {
        int categories = 0;
        for (int i = 0; i < window.length; i++) {
            categories += reference[i] + window[i] > 0 ? 1 : 0;
        }
        return categories > 1;
    }

    /**
     * Informative only if a category is rare: one new to the window that makes up a tenth of it cannot escape the test of the
     * categories, which then keeps the whole budget.
     *
     * @param windowRows how many records the window has, with or without a value
     */
    static TableTest unseen(int[] reference, int[] window, int windowRows, double minimumEffect) {
        boolean rare = false;
        for (int i = 0; i < window.length; i++) {
            rare |= (reference[i] + window[i]) * RARE <= windowRows;
        }
        return new TableTest(
                "new-categories", reference, window, TableStatistic.UNSEEN, rare && window.length > 1, minimumEffect);
    }

    @Override
    public boolean canReject(double level) {
        return PermutationTest.canReject(
                Arrays.stream(reference).sum(), Arrays.stream(window).sum(), level);
    }

    @Override
    public Outcome run(double level, UniformRandomProvider random) {
        if (Arrays.stream(reference).sum() == 0 || Arrays.stream(window).sum() == 0) {
            return new Untestable();
        }
        PermutationTest test = PermutationTest.of(reference, window, statistic, level, random);
        double effect =
                statistic == TableStatistic.UNSEEN ? test.statistic() : Distances.totalVariation(reference, window);
        return new PermutationOutcome(test, effect);
    }
}
