package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class BucketWindowTest {

    @Test
    void knowsTheLastValuesExactlyHoweverManyAreDropped() {
        UniformRandomProvider random = SeededRandom.stream(1);
        double[] values = random.doubles(5000).toArray();
        BucketWindow window = new BucketWindow();
        for (int i = 0; i < values.length; i++) {
            window.add(values[i]);
            while (random.nextInt(200) == 0 && window.count() > 1) {
                window.dropOldest();
            }
            if (i % 50 == 0) {
                check(window, Arrays.copyOfRange(values, i + 1 - (int) window.count(), i + 1));
            }
        }
        assertThat(window.count()).isBetween(10L, 4000L);
    }

    private static void check(BucketWindow window, double[] last) {
        double sum = Arrays.stream(last).sum();
        double mean = sum / last.length;
        double squares = Arrays.stream(last).map(x -> (x - mean) * (x - mean)).sum();
        assertThat(window.sum()).isCloseTo(sum, within(1e-6));
        assertThat(window.variance()).isCloseTo(squares / last.length, within(1e-6));
        int[] splits = {0};
        window.splits((olderCount, olderSum) -> {
            splits[0]++;
            double older = Arrays.stream(last, 0, (int) olderCount).sum();
            assertThat(olderSum).isCloseTo(older, within(1e-6));
        });
        assertThat(splits[0]).isLessThanOrEqualTo(5 * (1 + (int) (Math.log(last.length) / Math.log(2))));
    }

    @Test
    void canBeEmptiedAndFilledAgain() {
        BucketWindow window = new BucketWindow();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100; i++) {
                window.add(1);
            }
            while (window.count() > 0) {
                window.dropOldest();
            }
            assertThat(window.sum()).isZero();
        }
    }
}
