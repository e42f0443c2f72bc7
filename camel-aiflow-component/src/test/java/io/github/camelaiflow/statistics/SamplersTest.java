package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class SamplersTest {

    @Test
    void everyItemOfTheStreamIsAsLikelyToBeKept() {
        long[] kept = new long[50];
        for (int trial = 0; trial < 20_000; trial++) {
            for (int item : reservoir(new Reservoir(5, SeededRandom.stream(3, trial)), 50)) {
                kept[item]++;
            }
        }
        assertThat(Arrays.stream(kept).sum()).isEqualTo(100_000);
        assertThat(ChiSquareTest.withDefaults().test(kept).getPValue()).isGreaterThan(1e-3);
    }

    @Test
    void everyPairIsAsLikelyToBeKept() {
        long[] kept = new long[45];
        for (int trial = 0; trial < 40_000; trial++) {
            int[] items = reservoir(new Reservoir(2, SeededRandom.stream(4, trial)), 10);
            int high = Math.max(items[0], items[1]);
            kept[high * (high - 1) / 2 + Math.min(items[0], items[1])]++;
        }
        assertThat(ChiSquareTest.withDefaults().test(kept).getPValue()).isGreaterThan(1e-3);
    }

    @Test
    void theFirstItemsGetThePlacesInOrderAndARestartForgets() {
        Reservoir reservoir = new Reservoir(3, SeededRandom.stream(1));
        assertThat(new int[] {reservoir.next(), reservoir.next(), reservoir.next()})
                .containsExactly(0, 1, 2);
        for (int i = 0; i < 1000; i++) {
            assertThat(reservoir.next()).isBetween(Reservoir.SKIP, 2);
        }
        assertThat(reservoir.seen()).isEqualTo(1003);
        assertThat(reservoir.size()).isEqualTo(3);
        reservoir.restart();
        assertThat(reservoir.size()).isZero();
        assertThat(reservoir.next()).isZero();
    }

    @Test
    void aReservoirHoldsSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reservoir(0, SeededRandom.stream(1)));
    }

    @Test
    void streamsDependOnSeedAndPlaceOnly() {
        long first = SeededRandom.stream(1, 2, 3).nextLong();
        assertThat(SeededRandom.stream(1, 2, 3).nextLong()).isEqualTo(first);
        assertThat(SeededRandom.stream(1, 3, 2).nextLong()).isNotEqualTo(first);
        assertThat(SeededRandom.stream(2, 2, 3).nextLong()).isNotEqualTo(first);
        assertThat(SeededRandom.stream(1, 2).nextLong()).isNotEqualTo(first);
    }

    @Test
    void neighbouringPlacesAreUncorrelated() {
        double sum = 0;
        int pairs = 20_000;
        for (int i = 0; i < pairs; i++) {
            UniformRandomProvider one = SeededRandom.stream(9, i);
            UniformRandomProvider next = SeededRandom.stream(9, i + 1);
            sum += (one.nextDouble() - 0.5) * (next.nextDouble() - 0.5);
        }
        assertThat(Math.abs(sum / pairs * 12)).isLessThan(4 / Math.sqrt(pairs));
    }

    private static int[] reservoir(Reservoir reservoir, int stream) {
        int[] kept = null;
        for (int item = 0; item < stream; item++) {
            int place = reservoir.next();
            kept = kept == null ? new int[1] : kept;
            if (place != Reservoir.SKIP) {
                kept = place < kept.length ? kept : Arrays.copyOf(kept, place + 1);
                kept[place] = item;
            }
        }
        return kept;
    }
}
