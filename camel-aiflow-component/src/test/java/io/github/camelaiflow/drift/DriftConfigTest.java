package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftConfigTest {

    @Test
    void defaultsAreThoseOfTheContract() {
        DriftConfig defaults = DriftConfig.DEFAULT;
        assertThat(defaults.windowRecords()).isEqualTo(1000);
        assertThat(defaults.windowTime()).isNull();
        assertThat(defaults.panes()).isEqualTo(1);
        assertThat(defaults.falseAlarms()).isEqualTo(10_000);
        assertThat(defaults.fields()).isEmpty();
        assertThat(defaults.segments()).isEqualTo(Segments.NONE);
        assertThat(defaults.seed()).isZero();
    }

    @Test
    void equalIfAllIsEqual() {
        DriftConfig config = DriftConfig.DEFAULT
                .withWindow(800, 4)
                .withFalseAlarms(5000)
                .withFields(List.of("a"))
                .withSegments(Segments.of("kind", List.of("x")))
                .withSeed(3);
        assertThat(config.withSeed(3)).isEqualTo(config).hasSameHashCodeAs(config);
        assertThat(config.withWindow(800)).isNotEqualTo(config);
        assertThat(config.withWindow(Duration.ofSeconds(1), 4)).isNotEqualTo(config);
        assertThat(config.withFalseAlarms(5001)).isNotEqualTo(config);
        assertThat(config.withFields(List.of())).isNotEqualTo(config);
        assertThat(config.withSegments(Segments.NONE)).isNotEqualTo(config);
        assertThat(config.withSeed(4)).isNotEqualTo(config);
        assertThat(config.withTests(TestPlan.DEFAULT.withMinimumPresence(0.1))).isNotEqualTo(config);
        assertThat(config.withSeed(4).segments().values()).containsExactly("x");
    }

    @Test
    void aWindowIsAWholeNumberOfPanes() {
        assertThat(DriftConfig.DEFAULT.withWindow(1600, 16).panes()).isEqualTo(16);
        for (int panes : new int[] {0, 17, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DriftConfig.DEFAULT.withWindow(0x10000 * 17, panes))
                    .withMessageContaining("panes must be from 1 to 16");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DriftConfig.DEFAULT.withWindow(1000, 3))
                .withMessageContaining("window must be a multiple of panes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DriftConfig.DEFAULT.withWindow(Duration.ofNanos(3), 4))
                .withMessageContaining("window must be longer");
    }

    @Test
    void aWindowIsRecordsOrTime() {
        DriftConfig timed = DriftConfig.DEFAULT.withWindow(Duration.ofMinutes(5));
        assertThat(timed.windowRecords()).isZero();
        assertThat(timed.withWindow(7).windowTime()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DriftConfig.DEFAULT.withWindow(0))
                .withMessageContaining("window must be");
        assertThatIllegalArgumentException().isThrownBy(() -> DriftConfig.DEFAULT.withWindow(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> DriftConfig.DEFAULT.withWindow(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> DriftConfig.DEFAULT.withWindow((Duration) null));
    }

    @Test
    void falseAlarmsIsAboveZero() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DriftConfig.DEFAULT.withFalseAlarms(wrong))
                    .withMessageContaining("falseAlarms must be");
        }
    }

    @Test
    void theLevelIsTheWindowsShareOfTheBudgetAndAtMostATenth() {
        assertThat(DriftConfig.DEFAULT.level(1000)).isEqualTo(0.1);
        assertThat(DriftConfig.DEFAULT.level(50)).isEqualTo(0.005);
        assertThat(DriftConfig.DEFAULT.level(5000)).isEqualTo(0.1);
    }
}
