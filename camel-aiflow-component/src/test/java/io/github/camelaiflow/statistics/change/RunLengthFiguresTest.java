package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.statistics.change.Simulation.Quiet;
import org.junit.jupiter.api.Test;

/** How long a stream without change is left alone: a table of docs/detectors.md. */
class RunLengthFiguresTest {

    @Test
    void theAverageRunLengthIsAtLeastThePromised() {
        String[] table = new String[6];
        for (double rate : Figures.RATES) {
            int row = 0;
            for (Simulation simulation : Figures.promising(rate)) {
                Quiet quiet = simulation.quiet(rate, Simulation.RUNS, 50_000);
                assertThat(quiet.leastRunLength()).as(simulation.name()).isGreaterThan(Figures.FALSE_ALARMS);
                assertThat(quiet.leastAlarmsIn(Figures.FALSE_ALARMS))
                        .as(simulation.name())
                        .isLessThan(1);
                table[row] = Figures.line(table[row], simulation.name(), quiet);
                row++;
            }
            table[row] = Figures.line(
                    table[row], Figures.dummy().name(), Figures.dummy().quiet(rate, 2, 50_000));
        }
        Figures.print("run length (cut at 50,000) / alarms in 10,000 / P(alarm within 1,000) / within 10,000", table);
    }
}
