package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.PooledGrid;
import io.github.camelaiflow.statistics.TableStatistic;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** A distance between a field's finite numbers, tested by permutation of their counts on a grid of both samples together. */
record GridTest(DistanceTest test, double[] reference, double[] window, double minimumEffect) implements FieldTest {

    /** Finer ones change neither power nor distances that can be seen, and cost in proportion. */
    static final int PLACES = 256;

    @Override
    public String name() {
        return test.label();
    }

    @Override
    public boolean informative() {
        return ValueTest.differ(reference, window);
    }

    @Override
    public boolean canReject(double level) {
        return PermutationTest.canReject(reference.length, window.length, level);
    }

    @Override
    public Outcome run(double level, UniformRandomProvider random) {
        if (reference.length == 0 || window.length == 0) {
            return new Untestable();
        }
        PooledGrid grid = test.numbersOnly()
                ? PooledGrid.ofEqualMass(reference, window, PLACES)
                : PooledGrid.ofNormalScores(reference, window);
        PermutationTest result = PermutationTest.of(grid.reference(), grid.window(), statistic(grid), level, random);
        return new PermutationOutcome(result, Distances.standardizedWasserstein(reference, window));
    }

    private TableStatistic statistic(PooledGrid grid) {
        if (test.statistic() != null) {
            return test.statistic();
        }
        double deviation = grid.deviation();
        double[] places = Arrays.stream(grid.positions())
                .map(position -> deviation == 0 ? 0 : position / deviation)
                .toArray();
        return test == DistanceTest.WASSERSTEIN ? TableStatistic.wasserstein(places) : TableStatistic.energy(places);
    }
}
