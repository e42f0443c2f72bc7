package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class DesignEffectTest {

    private static double[] events(int values, int run, UniformRandomProvider random) {
        double[] events = new double[values];
        for (int i = 0; i < values; i++) {
            events[i] = i % run == 0 ? (random.nextInt(10) == 0 ? 1 : 0) : events[i - 1];
        }
        return events;
    }

    @Test
    void independentRowsHardlyEverHaveOne() {
        int found = 0;
        for (int trial = 0; trial < 300; trial++) {
            DesignEffect effect = DesignEffect.of(events(2000, 1, SeededRandom.stream(1, trial)), 150);
            found += effect.factor() > 1 ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(5);
    }

    @Test
    void rowsInRunsCountAsOneARunOrFewer() {
        for (int trial = 0; trial < 50; trial++) {
            DesignEffect effect = DesignEffect.of(events(20_000, 25, SeededRandom.stream(2, trial)), 500);
            assertThat(effect.factor()).isBetween(15.0, 70.0);
            assertThat(effect.worth(1000)).isLessThan(70);
        }
    }

    @Test
    void nothingToSeeIsNoEffect() {
        assertThat(DesignEffect.of(new double[0], 10)).isEqualTo(DesignEffect.NONE);
        assertThat(DesignEffect.of(new double[] {0, 1, 0, 1, 1}, 10)).isEqualTo(DesignEffect.NONE);
        assertThat(DesignEffect.of(Collections.nCopies(1000, 3.0), 10, value -> false))
                .isEqualTo(DesignEffect.NONE);
        assertThat(DesignEffect.of(List.of(), 1, value -> true)).isEqualTo(DesignEffect.NONE);
        assertThat(DesignEffect.of(new double[] {1, Double.POSITIVE_INFINITY}, 1))
                .isEqualTo(DesignEffect.NONE);
    }
}
