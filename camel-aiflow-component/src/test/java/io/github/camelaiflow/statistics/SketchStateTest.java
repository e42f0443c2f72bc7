package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.statistics.QuantileSketch.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class SketchStateTest {

    private static final double[] NONE = {};

    @Test
    void aRestoredSketchAnswersAndGoesOnAsTheOtherOne() {
        for (int run = 0; run < 100; run++) {
            UniformRandomProvider random = SeededRandom.stream(run);
            QuantileSketch sketch = new QuantileSketch(64 + random.nextInt(100));
            fill(sketch, random, random.nextInt(5000));
            QuantileSketch restored = QuantileSketch.of(sketch.state());
            assertSame(restored, sketch);
            long seed = random.nextLong();
            fill(sketch, SeededRandom.stream(seed), 1000);
            fill(restored, SeededRandom.stream(seed), 1000);
            assertSame(restored, sketch);
        }
    }

    private static void fill(QuantileSketch sketch, UniformRandomProvider random, int values) {
        for (int i = 0; i < values; i++) {
            sketch.add(random.nextInt(50) == 0 ? -0.0 : random.nextDouble() * random.nextInt(1000));
        }
    }

    private static void assertSame(QuantileSketch one, QuantileSketch other) {
        State state = one.state();
        State expected = other.state();
        assertThat(state).usingRecursiveComparison().isEqualTo(expected);
        assertThat(one.rankError()).isEqualTo(other.rankError());
        assertThat(one.quantile(0.3)).isEqualTo(other.quantile(0.3));
    }

    @Test
    void aStateThatNoSketchHasIsRefused() {
        double[] two = {1, 2};
        List<double[]> levels = List.of(two, two);
        assertThat(QuantileSketch.of(new State(64, 6, 1, 2, 1, 0, levels)).count())
                .isEqualTo(6);
        refused(new State(63, 6, 1, 2, 1, 0, levels), "capacity");
        refused(new State(64, -1, 1, 2, 1, 0, levels), "0 or more");
        refused(new State(64, 6, 1, 2, -1, 2, levels), "0 or more");
        refused(new State(64, 7, 1, 2, 1, 0, levels), "fit the count");
        refused(new State(64, 5, 1, 2, 1, 0, levels), "fit the count");
        refused(new State(64, 6, 1, 2, 0, 0, levels), "errors must fit");
        refused(new State(64, 6, 1, 2, 7, 0, levels), "errors must fit");
        refused(new State(64, 2, 1, 2, 1, 0, List.of(two)), "errors must fit");
        refused(new State(64, 6, 1.5, 2, 1, 0, levels), "between the extremes");
        refused(new State(64, 6, 1, Double.NaN, 1, 0, levels), "between the extremes");
        refused(new State(64, 2, 1, 2, 0, 0, List.of(new double[] {2, 1})), "ascend");
        refused(new State(64, 2, 1, 2, 0, 0, List.of(new double[] {1, Double.NaN})), "between the extremes");
        refused(new State(64, 0, 1, 2, 0, 0, List.of()), "levels");
        refused(new State(64, 65, 0, 0, 0, 0, List.of(new double[65])), "capacity");
        refused(new State(64, 1, 0, 0, 0, 0, Collections.nCopies(60, NONE)), "levels");
    }

    @Test
    void weightsThatLeaveTheRangeOfLongAreRefused() {
        List<double[]> levels = new ArrayList<>(Collections.nCopies(56, NONE));
        levels.set(54, new double[] {1, 2});
        long count = 1L << 55;
        assertThat(QuantileSketch.of(new State(1024, count, 1, 2, count - 1, 0, levels.subList(0, 55)))
                        .count())
                .isEqualTo(count);
        levels.set(55, new double[512]);
        Arrays.fill(levels.get(55), 1);
        refused(new State(1024, count, 1, 2, count - 1, 0, levels), "fit the count");
    }

    private static void refused(State state, String requirement) {
        assertThatThrownBy(() -> QuantileSketch.of(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(requirement);
    }
}
