package io.github.camelaiflow.rollout.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeenKeysTest {

    private final SeenKeys seen = new SeenKeys();

    @Test
    void aKeyIsDrawnOnceAShare() {
        assertThat(seen.draw("a", false, 0.05)).isEqualTo(0.05);
        assertThat(seen.draw("a", false, 0.05)).isNaN();
        assertThat(seen.draw("a", false, 0.01)).isNaN();
    }

    @Test
    void aKeyOfTheControlIsDrawnAgainByWhatIsLeft() {
        seen.draw("a", false, 0.05);
        assertThat(seen.draw("a", false, 0.25)).isCloseTo(0.2 / 0.95, within(1e-15));
        assertThat(seen.draw("a", true, 0.5)).isCloseTo(0.25 / 0.75, within(1e-15));
        assertThat(seen.draw("a", true, 0.9)).isNaN();
    }

    @Test
    void aKeyOfTheTreatmentStaysThere() {
        assertThat(seen.draw("a", true, 0.05)).isEqualTo(0.05);
        assertThat(seen.draw("a", true, 0.5)).isNaN();
    }

    @Test
    void aRecordWithoutKeyIsADrawOfItsOwn() {
        assertThat(seen.draw(null, true, 0.05)).isEqualTo(0.05);
        assertThat(seen.draw(null, true, 0.05)).isEqualTo(0.05);
    }

    @Test
    void theNewestAreRemembered() {
        int again = 0;
        for (int i = 0; i < 200_000; i++) {
            assertThat(seen.draw("k" + i, false, 0.05)).isEqualTo(0.05);
            again += i >= 49_000 && Double.isNaN(seen.draw("k" + (i - 49_000), false, 0.05)) ? 0 : 1;
        }
        assertThat(again).isEqualTo(49_000);
        assertThat(seen.draw("k0", false, 0.05)).as("forgotten").isEqualTo(0.05);
    }
}
