package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftConfigTest {

    @Test
    void defaultsAreThoseOfTheContract() {
        assertThat(DriftConfig.DEFAULT).isEqualTo(new DriftConfig(1000, null, 10_000, List.of(), 0));
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
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DriftConfig(5, Duration.ofSeconds(1), 10, List.of(), 0));
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
