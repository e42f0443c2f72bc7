package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuantileSketchTest {

    private static final int MANY = 200_000;

    static Stream<Arguments> orders() {
        UniformRandomProvider random = SeededRandom.stream(7);
        double[] shuffled = random.doubles(MANY).toArray();
        return Stream.of(
                order("sorted", i -> i),
                order("reversed", i -> -i),
                order("zigzag", i -> i % 2 == 0 ? i : -i),
                order("inwards", i -> i % 2 == 0 ? i : 2.0 * MANY - i),
                order("outwards", i -> i % 2 == 0 ? MANY + i : MANY - i),
                order("sawtooth", i -> i % 1000),
                order("constant", i -> 42),
                order("two values", i -> i % 3 == 0 ? 1 : 0),
                order("few values", i -> (i * 7919L) % 13),
                order("one large among small", i -> i % 64 == 0 ? 1e9 + i : i % 64),
                order("shuffled", i -> shuffled[i]),
                order("heavy tail", i -> 1 / Math.pow(shuffled[i], 3)),
                order("with infinities", i -> i % 10 == 0 ? Double.NEGATIVE_INFINITY : 1 / (shuffled[i] - 0.5)));
    }

    private static Arguments order(String name, IntToDoubleFunction value) {
        return Arguments.of(name, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void noRankIsFurtherOffThanTheBound(String name, IntToDoubleFunction value) {
        double[] values = new double[MANY];
        Arrays.setAll(values, value::applyAsDouble);
        for (int capacity : new int[] {64, 1000, 4096}) {
            QuantileSketch sketch = sketch(capacity, values, 0, MANY);
            assertHolds(sketch, values);
            assertThat(sketch.exact()).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void noRankIsFurtherOffAfterMergingSixteenPanes(String name, IntToDoubleFunction value) {
        double[] values = new double[MANY];
        Arrays.setAll(values, value::applyAsDouble);
        QuantileSketch window = new QuantileSketch(1000);
        int pane = MANY / 16;
        for (int i = 0; i < 16; i++) {
            window.merge(sketch(1000, values, i * pane, (i + 1) * pane));
        }
        assertHolds(window, values);
        QuantileSketch pairs = sketch(1000, values, 0, 10);
        QuantileSketch rest = sketch(300, values, 10, MANY);
        pairs.merge(rest);
        assertHolds(pairs, values);
    }

    private static QuantileSketch sketch(int capacity, double[] values, int from, int to) {
        QuantileSketch sketch = new QuantileSketch(capacity);
        for (int i = from; i < to; i++) {
            sketch.add(values[i]);
        }
        return sketch;
    }

    /** Every kept or asked-for value's rank is within the bound, and the bound is within reason. */
    private static void assertHolds(QuantileSketch sketch, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        assertThat(sketch.count()).isEqualTo(n);
        assertThat(sketch.min()).isEqualTo(sorted[0]);
        assertThat(sketch.max()).isEqualTo(sorted[n - 1]);
        double bound = sketch.rankError() + 1e-12;
        for (int i = 0; i <= 997; i++) {
            double x = sorted[(int) ((n - 1L) * i / 997)];
            assertThat(sketch.rank(x)).isCloseTo((double) atMost(sorted, x) / n, within(bound));
            assertThat((double) sketch.countBelow(x) / n).isCloseTo((double) below(sorted, x) / n, within(bound));
            double p = i / 997.0;
            double quantile = sketch.quantile(p);
            assertThat((double) atMost(sorted, quantile) / n).isGreaterThanOrEqualTo(p - bound);
            assertThat((double) below(sorted, quantile) / n).isLessThanOrEqualTo(p + bound);
        }
        assertThat(sketch.bytes()).isLessThanOrEqualTo(200 + 8 * 4096);
    }

    private static int atMost(double[] sorted, double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sorted[middle] <= x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int below(double[] sorted, double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : atMost(sorted, Math.nextDown(x));
    }

    @Test
    void aMillionValuesFitTheBudgetWithASmallBound() {
        QuantileSketch megabyte = QuantileSketch.ofBytes(1_000_000, 1_000_000);
        QuantileSketch small = QuantileSketch.ofBytes(64 * 1024, 1_000_000);
        UniformRandomProvider random = SeededRandom.stream(1);
        for (int i = 0; i < 1_000_000; i++) {
            double value = random.nextDouble();
            megabyte.add(value);
            small.add(value);
        }
        assertThat(megabyte.bytes()).isLessThanOrEqualTo(1_000_000);
        assertThat(megabyte.rankError()).isPositive().isLessThan(0.0002);
        assertThat(small.bytes()).isLessThanOrEqualTo(64 * 1024);
        assertThat(small.rankError()).isPositive().isLessThan(0.008);
        assertThat(small.quantile(0.5)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void theBoundHoldsForFewRecordsAndGrowsSlowly() {
        QuantileSketch sketch = QuantileSketch.ofBytes(10_000, 1_000_000);
        double last = 0;
        for (int i = 0; i < 100_000; i++) {
            sketch.add(i);
            last = Math.max(last, sketch.rankError());
        }
        assertThat(last).isLessThan(0.02);
    }

    @Test
    void whatFitsIsExactAsNumpyHasIt() {
        QuantileSketch sketch = new QuantileSketch(64);
        for (double value : new double[] {7, 1, 3, 3, 10, -2}) {
            sketch.add(value);
        }
        assertThat(sketch.exact()).isTrue();
        assertThat(sketch.rankError()).isZero();
        double[] shares = {0, 0.1, 0.25, 0.5, 0.7, 0.9, 1};
        assertThat(sketch.quantiles(Interpolation.LINEAR, shares)).containsExactly(-2, -0.5, 1.5, 3, 5, 8.5, 10);
        assertThat(sketch.quantiles(Interpolation.LOWER, shares)).containsExactly(-2, -2, 1, 3, 3, 7, 10);
        assertThat(sketch.quantiles(Interpolation.HIGHER, shares)).containsExactly(-2, 1, 3, 3, 7, 10, 10);
        assertThat(sketch.quantiles(Interpolation.MIDPOINT, shares)).containsExactly(-2, -0.5, 2, 3, 5, 8.5, 10);
        assertThat(sketch.quantiles(Interpolation.NEAREST, shares)).containsExactly(-2, -2, 1, 3, 7, 7, 10);
        assertThat(sketch.quantiles(Interpolation.NEAREST_RANK, shares)).containsExactly(-2, -2, 1, 3, 7, 10, 10);
        assertThat(sketch.rank(3)).isEqualTo(4 / 6.0);
        assertThat(sketch.rank(2.9)).isEqualTo(2 / 6.0);
        assertThat(sketch.histogram(new double[] {1, 3, 7, 9})).containsExactly(1, 2, 1);
        assertThat(sketch.histogram(new double[] {-5, 3})).containsExactly(4);
        assertThat(sketch.countBelow(1)).isEqualTo(1);
        assertThat(sketch.countBelow(100)).isEqualTo(6);
        assertThat(sketch.countAtMost(-3)).isZero();
    }

    @Test
    void infiniteValuesKeepTheirPlaceWhenInterpolated() {
        QuantileSketch sketch = new QuantileSketch(64);
        sketch.add(1);
        sketch.add(Double.POSITIVE_INFINITY);
        sketch.add(Double.POSITIVE_INFINITY);
        assertThat(sketch.quantile(0.75, Interpolation.LINEAR)).isInfinite();
        assertThat(sketch.quantile(0, Interpolation.LINEAR)).isEqualTo(1);
        sketch.add(-0.0);
        assertThat(sketch.rank(0.0)).isEqualTo(0.25);
        assertThat(sketch.rank(-0.0)).isEqualTo(0.25);
        assertThat(sketch.countBelow(0.0)).isZero();
    }

    @Test
    void mergingWhatFitsStaysExactAndTheOtherOneStays() {
        QuantileSketch one = new QuantileSketch(100);
        QuantileSketch other = new QuantileSketch(100);
        for (int i = 0; i < 50; i++) {
            one.add(2 * i);
            other.add(2 * i + 1);
        }
        QuantileSketch copy = one.copy();
        one.merge(other);
        assertThat(one.exact()).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(one.rank(i)).isEqualTo((i + 1) / 100.0);
        }
        one.add(1000);
        assertThat(one.exact()).isFalse();
        assertThat(one.count()).isEqualTo(101);
        assertThat(other.count()).isEqualTo(50);
        assertThat(copy.count()).isEqualTo(50);
        assertThat(copy.max()).isEqualTo(98);
        copy.merge(copy);
        assertThat(copy.count()).isEqualTo(100);
        assertThat(copy.rank(48)).isEqualTo(0.5);
    }

    @Test
    void theSameStreamGivesTheSameAnswers() {
        QuantileSketch one = new QuantileSketch(128);
        QuantileSketch read = new QuantileSketch(128);
        for (int i = 0; i < 10_000; i++) {
            one.add(i * 31 % 977);
            read.add(i * 31 % 977);
            read.rank(5);
        }
        for (double p = 0; p <= 1; p += 0.01) {
            assertThat(read.quantile(p)).isEqualTo(one.quantile(p));
        }
    }

    @Test
    void anEmptyOneKnowsNothing() {
        QuantileSketch sketch = new QuantileSketch(64);
        assertThat(sketch.quantile(0.5)).isNaN();
        assertThat(sketch.rank(0)).isNaN();
        assertThat(sketch.rankError()).isZero();
        assertThat(sketch.exact()).isTrue();
        sketch.merge(new QuantileSketch(64));
        sketch.add(1);
        assertThat(sketch.quantile(1)).isEqualTo(1);
    }

    @Test
    void wrongArgumentsAreRefused() {
        QuantileSketch sketch = new QuantileSketch(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new QuantileSketch(63));
        assertThatIllegalArgumentException().isThrownBy(() -> QuantileSketch.ofBytes(100, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.add(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.histogram(new double[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.histogram(new double[] {1, 0}));
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.histogram(new double[] {1, Double.NaN}));
    }
}
