package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.PooledGrid;
import io.github.camelaiflow.statistics.TableStatistic;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A distance between a field's finite numbers, tested by permutation of their counts on a grid of both samples together.
 *
 * <p>A reference that is known by a sketch comes as so many quantiles as its rank error e allows for the distribution function as a
 * whole, 1 / (4 e²). A single column is a smaller share, which e blurs more. So the columns are of equal mass and fewer where places
 * matter, and where they do not, so few quantiles are counted that chance moves a column by more than e: 1 / (k e²) for k columns.
 *
 * @param counted the values of the reference that are counted
 */
record GridTest(DistanceTest test, NumberSample reference, double[] counted, double[] window, double minimumEffect)
        implements FieldTest {

    /** Finer ones change neither power nor distances that can be seen, and cost in proportion. */
    static final int PLACES = 256;

    private static final int PLACES_OF_A_SKETCH = 32;

    static GridTest of(TestChoice choice, NumberSample reference, double[] window) {
        double[] counted = reference.sorted();
        double error = reference.rankError();
        if (error > 0 && !choice.test().numbersOnly()) {
            int columns = PooledGrid.sturges(counted.length + window.length);
            counted = thinned(counted, (int) Math.min(counted.length, 1 / (columns * error * error)));
        }
        return new GridTest(choice.test(), reference, counted, window, choice.minimumEffect());
    }

    private static double[] thinned(double[] sorted, int size) {
        double[] quantiles = new double[size];
        Arrays.setAll(quantiles, i -> sorted[(int) ((i + 0.5) / size * sorted.length)]);
        return quantiles;
    }

    @Override
    public String name() {
        return test.label();
    }

    @Override
    public boolean informative() {
        return ValueTest.differ(counted, window);
    }

    @Override
    public boolean canReject(double level) {
        return PermutationTest.canReject(counted.length, window.length, level);
    }

    @Override
    public Outcome run(double level, UniformRandomProvider random) {
        if (counted.length == 0 || window.length == 0) {
            return new Untestable();
        }
        PooledGrid grid = grid();
        PermutationTest result = PermutationTest.of(grid.reference(), grid.window(), statistic(grid), level, random);
        return new PermutationOutcome(result, Distances.standardizedWasserstein(reference.sorted(), window));
    }

    private PooledGrid grid() {
        boolean sketched = reference.rankError() > 0;
        if (test.numbersOnly()) {
            return PooledGrid.ofEqualMass(counted, window, sketched ? PLACES_OF_A_SKETCH : PLACES);
        }
        return sketched
                ? PooledGrid.ofEqualMass(counted, window, PooledGrid.sturges(counted.length + window.length))
                : PooledGrid.ofNormalScores(counted, window);
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
