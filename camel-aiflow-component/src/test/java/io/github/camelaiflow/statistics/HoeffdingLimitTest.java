package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HoeffdingLimitTest {

    @Test
    void withoutALossItIsTheRootOfAlpha() {
        assertThat(HoeffdingLimit.upper(100, 0, 0.05)).isCloseTo(1 - Math.pow(0.05, 0.01), within(1e-12));
    }

    @Test
    void itIsNeverBelowTheExactLimitOfEvents() {
        for (int n : new int[] {1, 10, 100, 1000}) {
            for (int k = 0; k <= n; k += Math.max(1, n / 7)) {
                assertThat(HoeffdingLimit.upper(n, k, 0.01))
                        .as("%d of %d", k, n)
                        .isGreaterThanOrEqualTo(Binomial.upperLimit(k, n, 0.99) - 1e-9);
            }
        }
        assertThat(HoeffdingLimit.upper(1000, 100, 0.01)).isLessThan(0.132);
    }

    @Test
    void nothingIsKnownOfNothing() {
        assertThat(HoeffdingLimit.upper(0, 0, 0.05)).isEqualTo(1);
        assertThatThrownBy(() -> HoeffdingLimit.upper(2, 3, 0.05)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HoeffdingLimit.upper(2, Double.NaN, 0.05))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
