package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.statistics.change.Simulation.Quiet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How often a stream without change is not left alone, over what reference labels might have been: a table of docs/detectors.md. */
class ReferenceFiguresTest {

    /** Also where few labels are known, and where losses aren't errors; the bound says how likely an alarm is. */
    @Test
    void alarmsAreNoMoreOftenThanPromisedOverWhatReferencesMightHaveBeen() {
        List<String> table = new ArrayList<>();
        for (int labels : new int[] {100, 1000, 5000}) {
            for (double rate : new double[] {0.02, 0.1}) {
                table.add(checked(Figures.learned(DetectorType.E_SR, rate, labels, Simulation::error), rate)
                        + " errors of rate " + rate);
                table.add(checked(Figures.learned(DetectorType.E_SR, rate, labels, Simulation::bounded), rate)
                        + " losses of mean " + rate);
            }
        }
        table.add(Figures.line(null, Figures.dummy().name(), Figures.dummy().quiet(0.1, 2, 20_000)));
        Figures.print("cut at 20,000", table.toArray(new String[0]));
    }

    private static String checked(Simulation simulation, double rate) {
        Quiet quiet = simulation.quiet(rate, Simulation.RUNS, 20_000);
        assertThat(quiet.leastAlarmsIn(Figures.FALSE_ALARMS))
                .as(simulation.name())
                .isLessThan(1);
        double bound = Figures.settings(DetectorType.E_SR)
                .forLosses(ReferenceLosses.of(1, 100))
                .falseAlarmWithin(1000)
                .orElseThrow();
        double slack = 2.33 * Math.sqrt(bound * (1 - bound) / Simulation.RUNS);
        assertThat(quiet.within(1000)).as(simulation.name()).isLessThan(bound + slack);
        return Figures.line(null, simulation.name(), quiet);
    }

    /** Epochs share the reference, and a reset keeps it: what is promised is the mean over references. */
    @Test
    void aFieldsAlarmsAreNoMoreOftenThanPromisedOverManyEpochs() {
        DetectorSettings settings = Figures.settings(DetectorType.CONFORMAL);
        for (int labels : new int[] {100, 1000}) {
            Simulation simulation = new Simulation(
                    "conformal, " + labels + " values of a field",
                    random -> settings.withSeed(random.nextLong())
                            .forNumbers(random.doubles(labels).toArray()),
                    (random, rate) -> random.nextDouble());
            Quiet quiet = simulation.quiet(0, Simulation.RUNS, 50_000);
            System.out.println(Figures.line(null, simulation.name(), quiet));
            assertThat(quiet.leastAlarmsIn(Figures.FALSE_ALARMS)).isLessThan(1);
            assertThat(quiet.leastRunLength()).isGreaterThan(Figures.FALSE_ALARMS);
        }
    }

    @Test
    void aLargeBudgetHoldsOverReferencesToo() {
        double budget = 1e6;
        DetectorSettings settings = Figures.settings(DetectorType.E_SR).withFalseAlarms(budget);
        Simulation simulation = new Simulation(
                "e-sr, 1000 labels, 10^6",
                random -> settings.forLosses(Simulation.reference(random, Figures.LABELS, 0.1, Simulation::error)),
                Simulation::error);
        int runs = Math.max(40, Simulation.RUNS / 5);
        Quiet quiet = simulation.quiet(0.1, runs, 1_000_000);
        System.out.printf(
                Locale.ROOT,
                "falseAlarms=10^6, 1000 labels: %.3f alarms in 10^6 values, %d runs%n",
                quiet.alarmsIn(budget),
                runs);
        assertThat(quiet.leastAlarmsIn(budget)).isLessThan(1);
    }
}
