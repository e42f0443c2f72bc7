package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.multivariate.MultivariateResult;
import io.github.camelaiflow.drift.multivariate.MultivariateTest;
import io.github.camelaiflow.drift.multivariate.Points;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Tests of all columns of a window together, which need raw rows of the reference. They share their part of the level evenly, so that
 * the chance of any false alarm among them is at most that part. Thread-safe.
 */
final class RowTests {

    private static final long PLACE = 0x52_6F_77_73L;

    private final List<MultivariateTest> tests;
    private final List<FieldKind> kinds;
    private final List<Object[]> reference;
    private final long seed;

    /**
     * @param rows of the reference by column, a random sample
     * @param layout the columns that are compared
     */
    RowTests(List<MultivariateTest> tests, PaneLayout layout, List<Map<String, Object>> rows, long seed) {
        this.tests = List.copyOf(tests);
        this.kinds = layout.kinds();
        this.reference = rows.stream()
                .limit(MultivariateTest.MOST_ROWS)
                .map(row -> layout.names().stream().map(row::get).toArray())
                .toList();
        this.seed = seed;
    }

    /**
     * Tests a window; empty if it, or the reference, has too few rows for any test to find drift at its level.
     *
     * @param number of the window; decides the random draws together with the seed
     * @param level of all these tests together
     */
    List<TestResult> judge(Window window, long number, double level) {
        double each = level / tests.size();
        int size = Math.min(window.size(), MultivariateTest.MOST_ROWS);
        if (Math.min(size, reference.size()) < MultivariateTest.FEWEST_ROWS
                || !PermutationTest.canReject(reference.size() / 2, size / 2, each)) {
            return List.of();
        }
        UniformRandomProvider random = SeededRandom.stream(seed, PLACE, number);
        Points points = Points.of(kinds, reference, window.rows(size, random));
        List<TestResult> results = new ArrayList<>();
        for (MultivariateTest test : tests) {
            MultivariateResult result = test.test(points, each, random);
            results.add(new TestResult(
                    test.word(),
                    result.statistic(),
                    result.threshold(),
                    each,
                    result.pValue(),
                    result.effectSize(),
                    0));
        }
        return results;
    }
}
