package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The level holds for a reference that is known by a sketch only: it counts as so many of its quantiles as would be off by as much,
 * drawn at random, as the sketch may be, min(n, 1 / (4 rankError²)).
 */
class SketchedReferenceTest {

    private static final int ROWS = 200_000;
    private static final int CAPACITY = 4096;
    private static final int[] WINDOWS = {50, 250, 1000, 5000, 50_000};
    private static final int REPETITIONS = Math.max(40, Simulation.REPETITIONS / 10);

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void theLevelHolds(double tail) {
        Map<DistanceTest, int[]> alarms = new EnumMap<>(DistanceTest.class);
        int worth = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            UniformRandomProvider random = SeededRandom.stream(71, i, (long) tail);
            NumberSample reference = sketched(random, tail);
            worth = reference.sorted().length;
            for (int w = 0; w < WINDOWS.length; w++) {
                NumberSample window = Simulation.numbers(Arrays.stream(Simulation.normal(random, WINDOWS[w], 0, 1))
                        .map(z -> heavier(z, tail))
                        .toArray());
                for (DistanceTest test : DistanceTest.values()) {
                    alarms.computeIfAbsent(test, t -> new int[WINDOWS.length])[w] +=
                            Simulation.alarm(reference, window, test, i) ? 1 : 0;
                }
            }
        }
        System.out.printf(
                "%nreference of %d rows (tail %.0f) in a sketch of %d, worth %d; windows %s, %d repetitions%n",
                ROWS, tail, CAPACITY, worth, Arrays.toString(WINDOWS), REPETITIONS);
        assertThat(worth).isBetween(CAPACITY, ROWS - 1);
        int cells = alarms.size() * WINDOWS.length;
        alarms.forEach((test, counts) -> {
            System.out.print(Simulation.row(test.label(), counts, REPETITIONS));
            for (int count : counts) {
                assertThat(Simulation.tooMany(count, REPETITIONS, cells))
                        .as("%s: %s of %d", test, Arrays.toString(counts), REPETITIONS)
                        .isFalse();
            }
        });
    }

    /** Normal for 1, lognormal on both sides for more. */
    private static double heavier(double z, double tail) {
        return tail == 1 ? z : Math.sinh(tail * z);
    }

    private static NumberSample sketched(UniformRandomProvider random, double tail) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        QuantileSketch sketch = new QuantileSketch(CAPACITY);
        for (int i = 0; i < ROWS; i++) {
            sketch.add(heavier(normal.sample(), tail));
        }
        double error = sketch.rankError();
        int worth = (int) Math.min(ROWS, 1 / (4 * error * error));
        double[] shares = new double[worth];
        Arrays.setAll(shares, i -> (i + 0.5) / worth);
        double[] quantiles = sketch.quantiles(Interpolation.NEAREST_RANK, shares);
        return new NumberSample(quantiles, new ValueCounts(ROWS, 0, 0, 0), error);
    }
}
