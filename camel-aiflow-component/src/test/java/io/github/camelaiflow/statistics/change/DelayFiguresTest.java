package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.camelaiflow.statistics.change.Simulation.Changed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How soon detectors find a change: a table of docs/detectors.md. */
class DelayFiguresTest {

    @Test
    void aRiseIsFoundSoonEnough() {
        List<Simulation> all = new ArrayList<>(Figures.promising(0.1));
        all.add(Figures.dummy());
        List<String> table = new ArrayList<>();
        for (Simulation simulation : all) {
            StringBuilder line = new StringBuilder("| " + simulation.name() + " |");
            for (double rise : Figures.RISES) {
                Changed changed = simulation.changed(0.1, rise, Simulation.RUNS, false);
                line.append(String.format(Locale.ROOT, " %.2f / %.0f |", changed.missed(), changed.delay()));
                if (rise == 0.2 && !simulation.name().contains("dummy")) {
                    double most = simulation.name().contains("known") ? 200 : 300;
                    assertThat(changed.delay()).as(simulation.name()).isLessThanOrEqualTo(most);
                    assertThat(changed.missed()).as(simulation.name()).isZero();
                }
            }
            table.add(line.toString());
        }
        Figures.print("missed / delay, 0.10 to 0.15, 0.20, 0.40", table.toArray(new String[0]));
    }

    /** The delays of MOA's detectors as measured in reference/serving-drift-validation.md, B.4. */
    @Test
    void theClassicDetectorsAreAsSoonAsTheirs() {
        DetectorType[] types = {DetectorType.ADWIN, DetectorType.DDM, DetectorType.PAGE_HINKLEY};
        double[][] delays = {{1130, 322, 72}, {1404, 910, 285}, {2070, 869, 259}};
        double[][] missed = {{0, 0, 0}, {0.19, 0.04, 0}, {0, 0, 0}};
        // Cheap, and the tolerance is narrow.
        int runs = Math.max(1000, Simulation.RUNS);
        List<String> table = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            Simulation simulation = Figures.plain(types[i]);
            StringBuilder line = new StringBuilder("| " + simulation.name() + " |");
            for (double rate : Figures.RATES) {
                double alarms = simulation.quiet(rate, runs / 10, 20_000).alarmsIn(Figures.FALSE_ALARMS);
                line.append(String.format(Locale.ROOT, " %.2f |", alarms));
            }
            for (int rise = 0; rise < Figures.RISES.length; rise++) {
                Changed changed = simulation.changed(0.1, Figures.RISES[rise], runs, true);
                line.append(String.format(Locale.ROOT, " %.2f / %.0f |", changed.missed(), changed.delay()));
                assertThat(changed.delay()).as(line.toString()).isCloseTo(delays[i][rise], withinPercentage(10));
                assertThat(changed.missed())
                        .as(line.toString())
                        .isBetween(missed[i][rise] - 0.06, missed[i][rise] + 0.06);
            }
            table.add(line.toString());
        }
        Figures.print(
                "alarms in 10,000 at .05, .10, .20; missed / delay, 0.10 to 0.15, 0.20, 0.40",
                table.toArray(new String[0]));
    }
}
