package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Conformal detectors keep their budget whatever a reference has become on its way: sampled, hashed, sketched. */
class FieldDetectorsTest {

    private static final int FALSE_ALARMS = 2000;
    private static final int PANES = 10;
    private static final int PANE = 1000;

    /** How many panes raise an alarm. */
    private static int alarms(
            FieldSample reference, FieldKind kind, Function<UniformRandomProvider, Object> source, int seed) {
        FieldDetectors detectors = new FieldDetectors(FALSE_ALARMS, List.of(reference), 1, seed);
        UniformRandomProvider random = SeededRandom.stream(seed, 99);
        int alarms = 0;
        for (int i = 0; i < PANES; i++) {
            Pane pane = Window.of(Map.of("x", kind), Rows.of(PANE, random, Map.of("x", source)))
                    .newest();
            FieldDrift quiet =
                    new FieldDrift("x", DriftStatus.STABLE, List.of(), reference.counts(), reference.counts(), 0);
            alarms += detectors.judge(pane, List.of(quiet)).get(0).drifted() ? 1 : 0;
        }
        return alarms;
    }

    private static CategorySample categories(
            int rows, UniformRandomProvider random, Function<UniformRandomProvider, Object> source) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < rows; i++) {
            counts.merge((String) source.apply(random), 1, Integer::sum);
        }
        return new CategorySample(counts, new ValueCounts(rows, 0, 0, 0));
    }

    /** A stream of 10,000 values has 5 false alarms on average at most. */
    private static void assertBudget(int alarms) {
        assertThat(alarms).isLessThanOrEqualTo(5);
    }

    @Test
    void categoriesThatWereHashedAreFoundAgain() {
        Function<UniformRandomProvider, Object> source = random -> "c" + random.nextInt(50);
        CategorySample named = categories(20_000, SeededRandom.stream(1), source);
        CategorySample hashed = named.like(new CategorySample(Map.of(), named.counts(), true));
        assertBudget(alarms(hashed, FieldKind.CATEGORY, source, 1));
        assertThat(alarms(hashed, FieldKind.CATEGORY, random -> "c" + random.nextInt(25), 1))
                .isPositive();
    }

    @Test
    void manyRareCategoriesDoNotCrowdOutAFrequentOne() {
        Function<UniformRandomProvider, Object> source =
                random -> random.nextInt(100) < 95 ? "usual" : "rare" + random.nextInt(1 << 20);
        CategorySample reference = categories(100_000, SeededRandom.stream(2), source);
        assertBudget(alarms(reference, FieldKind.CATEGORY, source, 2));
    }

    @Test
    void infiniteValuesThatTheReferenceHadTooAreNoChange() {
        Function<UniformRandomProvider, Object> source =
                random -> random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : random.nextDouble();
        double[] finite = SeededRandom.stream(3).doubles(800).sorted().toArray();
        NumberSample reference = new NumberSample(finite, new ValueCounts(800, 0, 0, 200));
        assertBudget(alarms(reference, FieldKind.NUMBER, source, 3));
    }

    @Test
    void quantilesOfASketchStandForItsValues() {
        int runs = 100;
        int alarms = IntStream.range(0, runs)
                .map(i -> alarms(
                        sketched(SeededRandom.stream(4, i)), FieldKind.NUMBER, UniformRandomProvider::nextDouble, i))
                .sum();
        System.out.printf("sketched: %d alarms in %d runs%n", alarms, runs);
        assertThat((double) alarms / runs).isLessThanOrEqualTo(5);
    }

    private static NumberSample sketched(UniformRandomProvider random) {
        QuantileSketch sketch = new QuantileSketch(512);
        random.doubles(50_000).forEach(sketch::add);
        double error = sketch.rankError();
        int worth = (int) (1 / (4 * error * error));
        double[] shares =
                IntStream.range(0, worth).mapToDouble(i -> (i + 0.5) / worth).toArray();
        return new NumberSample(
                sketch.quantiles(Interpolation.NEAREST_RANK, shares), new ValueCounts(50_000, 0, 0, 0), error);
    }

    @Test
    void thePValueIsOne() {
        NumberSample reference = new NumberSample(
                SeededRandom.stream(5).doubles(2000).sorted().toArray(), new ValueCounts(2000, 0, 0, 0));
        int quiet = 0;
        int small = 0;
        for (int seed = 0; seed < 20; seed++) {
            FieldDetectors detectors = new FieldDetectors(1e6, List.of(reference), 1, seed);
            UniformRandomProvider random = SeededRandom.stream(6, seed);
            for (int i = 0; i < PANES; i++) {
                TestResult result = judged(detectors, reference, UniformRandomProvider::nextDouble, random);
                assertThat(result.drifted()).isFalse();
                quiet++;
                small += result.pValue() <= 0.05 ? 1 : 0;
            }
        }
        assertThat((double) small / quiet).isLessThanOrEqualTo(0.05);
    }

    @Test
    void theTestThatFoundDriftDecides() {
        NumberSample reference = new NumberSample(
                SeededRandom.stream(7).doubles(2000).sorted().toArray(), new ValueCounts(2000, 0, 0, 0));
        FieldDetectors detectors = new FieldDetectors(FALSE_ALARMS, List.of(reference), 1, 7);
        UniformRandomProvider random = SeededRandom.stream(7, 1);
        for (int i = 0; i < PANES; i++) {
            TestResult quiet = judged(detectors, reference, UniformRandomProvider::nextDouble, random);
            assertThat(quiet.pValue()).isBetween(0.0, 1.0);
        }
        TestResult alarm = judged(detectors, reference, source -> 0.5 + source.nextDouble(), random);
        assertThat(alarm.drifted()).isTrue();
        TestResult ordinary = new TestResult("kolmogorov-smirnov", 1, 2, 0.0001, 0.0002, 0, 0);
        TestResult unimportant = new TestResult("kolmogorov-smirnov", 3, 2, 0.0001, 1e-9, 0.1, 0.2);
        for (TestResult other : List.of(ordinary, unimportant)) {
            FieldDrift field =
                    new FieldDrift("x", DriftStatus.STABLE, List.of(other), reference.counts(), reference.counts(), 0);
            assertThat(field.and(alarm).decisive()).contains(alarm);
        }
    }

    private static TestResult judged(
            FieldDetectors detectors,
            FieldSample reference,
            Function<UniformRandomProvider, Object> source,
            UniformRandomProvider random) {
        Pane pane = Window.of(Map.of("x", FieldKind.NUMBER), Rows.of(PANE, random, Map.of("x", source)))
                .newest();
        FieldDrift quiet =
                new FieldDrift("x", DriftStatus.STABLE, List.of(), reference.counts(), reference.counts(), 0);
        return detectors.judge(pane, List.of(quiet)).get(0).tests().get(0);
    }

    @Test
    void ofALargeReferenceADetectorKnowsARandomSample() {
        double[] sorted = IntStream.range(0, 20_000).asDoubleStream().toArray();
        assertThat(FieldDetectors.values(sorted, 20_000, 1)).isSameAs(sorted);
        double[] known = FieldDetectors.values(sorted, 5_000, 1);
        assertThat(known).hasSize(5_000).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(known).average().orElseThrow()).isBetween(9_700.0, 10_300.0);
        assertThat(FieldDetectors.values(sorted, 5_000, 2)).isNotEqualTo(known);
        assertThat(IntStream.of(1, 5, 10, 100).map(FieldDetectors::mostReference))
                .containsExactly(5_000, 5_000, 2_500, 1_000);
    }

    @Test
    void aSampleOfALargeReferenceKeepsTheBudgetAndFindsAShift() {
        int runs = 20;
        int alarms = 0;
        for (int seed = 0; seed < runs; seed++) {
            NumberSample reference = new NumberSample(
                    SeededRandom.stream(8, seed).doubles(20_000).sorted().toArray(), new ValueCounts(20_000, 0, 0, 0));
            alarms += alarms(reference, FieldKind.NUMBER, UniformRandomProvider::nextDouble, seed);
            assertThat(alarms(reference, FieldKind.NUMBER, random -> random.nextDouble() + 0.1, seed))
                    .isPositive();
        }
        assertThat((double) alarms / runs).isLessThanOrEqualTo(5);
    }

    @Test
    void aBudgetTooSmallForADetectorIsKeptOnTheSafeSide() {
        NumberSample reference = new NumberSample(new double[] {1, 2, 3}, new ValueCounts(3, 0, 0, 0));
        assertThat(new FieldDetectors(10, List.of(reference), 1, 1)).isNotNull();
    }

    @Test
    void aBudgetTooLargeForADetectorIsToldAsTheUserWroteIt() {
        NumberSample reference = new NumberSample(new double[] {1, 2, 3}, new ValueCounts(3, 0, 0, 0));
        assertThatThrownBy(() -> new FieldDetectors(9e11, List.of(reference, reference), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("detector");
    }
}
