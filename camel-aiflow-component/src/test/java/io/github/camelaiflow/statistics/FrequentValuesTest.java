package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelaiflow.statistics.FrequentValues.Frequency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class FrequentValuesTest {

    @Test
    void countsUpToItsCapacityExactly() {
        for (int capacity : new int[] {1, 6, 7, 100, 1000, 1023, 12_288}) {
            FrequentValues<Integer> values = new FrequentValues<>(capacity);
            for (int i = 0; i < capacity; i++) {
                values.add(i);
                values.add(0);
            }
            assertThat(values.exact()).isTrue();
            assertThat(values.size()).isEqualTo(capacity);
            assertThat(values.count()).isEqualTo(2L * capacity);
            assertThat(values.upperCount(0)).isEqualTo(capacity + 1L);
            assertThat(values.lowerCount(-1)).isZero();
        }
    }

    @Test
    void equalCountsStandInTheOrderOfTheirTexts() {
        FrequentValues<String> values = new FrequentValues<>(10);
        for (String value : List.of("fire", "theft", "flood", "theft", "collision")) {
            values.add(value);
        }
        assertThat(values.top(3))
                .containsExactly(
                        new Frequency<>("theft", 2, 2),
                        new Frequency<>("collision", 1, 1),
                        new Frequency<>("fire", 1, 1));
        assertThat(values.top(0)).isEmpty();
        assertThat(new FrequentValues<String>(5).top(3)).isEmpty();
    }

    @Test
    void theBoundsHoldBeyondItsCapacityAndThroughMerges() {
        UniformRandomProvider random = SeededRandom.stream(2);
        Map<Long, Long> truth = new HashMap<>();
        FrequentValues<Long> window = new FrequentValues<>(200);
        for (int pane = 0; pane < 16; pane++) {
            FrequentValues<Long> part = new FrequentValues<>(200);
            for (int i = 0; i < 20_000; i++) {
                long value = (long) (1 / random.nextDouble());
                part.add(value);
                truth.merge(value, 1L, Long::sum);
            }
            window.merge(part);
        }
        assertThat(window.exact()).isFalse();
        assertThat(window.count()).isEqualTo(320_000);
        assertThat(window.maximumError()).isLessThan(320_000 / 100);
        truth.forEach((value, times) -> {
            assertThat(window.lowerCount(value)).isLessThanOrEqualTo(times);
            assertThat(window.upperCount(value)).isGreaterThanOrEqualTo(times);
        });
        assertThat(window.top(5)).extracting(Frequency::value).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(window.bytes()).isLessThanOrEqualTo(60_000);
    }

    @Test
    void aMergedOneOfFewValuesIsExactAndTheOtherStays() {
        FrequentValues<String> one = new FrequentValues<>(10);
        one.add("a");
        FrequentValues<String> other = one.copy();
        other.add("b");
        one.merge(other);
        one.merge(one);
        assertThat(one.exact()).isTrue();
        assertThat(one.top(9)).containsExactly(new Frequency<>("a", 4, 4), new Frequency<>("b", 2, 2));
        assertThat(other.count()).isEqualTo(2);
    }

    @Test
    void millionsOfValuesFitAMegabyte() {
        FrequentValues<Integer> values = new FrequentValues<>(12_288);
        for (int i = 0; i < 1_000_000; i++) {
            values.add(i);
        }
        assertThat(values.bytes()).isLessThanOrEqualTo(1_000_000);
        assertThat(values.exact()).isFalse();
    }

    @Test
    void aCapacityOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrequentValues<>(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrequentValues<>(Integer.MAX_VALUE));
    }
}
