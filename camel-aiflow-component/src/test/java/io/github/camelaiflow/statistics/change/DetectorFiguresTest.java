package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.camelaiflow.statistics.change.Simulation.Changed;
import io.github.camelaiflow.statistics.change.Simulation.Quiet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/**
 * How soon detectors find a change, and how often they cry wolf: the table of docs/detectors.md. {@code -Daiflow.simulations=2000} is
 * the full size.
 */
class DetectorFiguresTest {

    private static final double FALSE_ALARMS = 10_000;
    private static final int LABELS = 1000;
    private static final double[] RATES = {0.05, 0.10, 0.20};
    private static final double[] RISES = {0.15, 0.20, 0.40};

    private static DetectorSettings settings(DetectorType type) {
        return DetectorSettings.of(type).withFalseAlarms(FALSE_ALARMS).withBaselineLabels(LABELS);
    }

    private static Simulation known(DetectorType type, double rate) {
        return new Simulation(
                type.word() + ", rate known",
                random -> settings(type).withRate(rate).forLosses(),
                Simulation::error);
    }

    private static Simulation learned(
            DetectorType type, double rate, int labels, ToDoubleBiFunction<UniformRandomProvider, Double> loss) {
        return new Simulation(
                type.word() + ", " + labels + " labels",
                random -> settings(type).forLosses(Simulation.reference(random, labels, rate, loss)),
                loss);
    }

    private static Simulation plain(DetectorType type) {
        return new Simulation(
                type.word(),
                random -> settings(type).withSeed(random.nextLong()).forLosses(),
                Simulation::error);
    }

    private static Simulation dummy() {
        return new Simulation("*dummy: every 10,000*", random -> new Dummy(10_000), Simulation::error);
    }

    private static List<Simulation> promising(double rate) {
        List<Simulation> all = new ArrayList<>();
        for (DetectorType type : new DetectorType[] {DetectorType.E_SR, DetectorType.E_CUSUM}) {
            all.add(known(type, rate));
            all.add(learned(type, rate, LABELS, Simulation::error));
        }
        all.add(plain(DetectorType.CONFORMAL));
        return all;
    }

    @Test
    void theAverageRunLengthIsAtLeastThePromised() {
        String[] table = new String[6];
        for (double rate : RATES) {
            int row = 0;
            for (Simulation simulation : promising(rate)) {
                Quiet quiet = simulation.quiet(rate, Simulation.RUNS, 50_000);
                assertThat(quiet.leastRunLength()).as(simulation.name()).isGreaterThan(FALSE_ALARMS);
                assertThat(quiet.leastAlarmsIn(FALSE_ALARMS))
                        .as(simulation.name())
                        .isLessThan(1);
                table[row] = line(table[row], simulation.name(), quiet);
                row++;
            }
            table[row] = line(table[row], dummy().name(), dummy().quiet(rate, 2, 50_000));
        }
        print("run length (cut at 50,000) / alarms in 10,000 / P(alarm within 1,000) / within 10,000", table);
    }

    private static String line(String line, String name, Quiet quiet) {
        String cell = String.format(
                Locale.ROOT,
                " %.1fk / %.2f / %.3f / %.3f |",
                quiet.runLength() / 1000,
                quiet.alarmsIn(FALSE_ALARMS),
                quiet.within(1000),
                quiet.within(10_000));
        return (line == null ? "| " + name + " |" : line) + cell;
    }

    private static void print(String title, String[] lines) {
        System.out.println(title + ", " + Simulation.RUNS + " runs");
        for (String line : lines) {
            System.out.println(line);
        }
    }

    /** Also where few labels are known, and where losses aren't errors; the bound says how likely an alarm is. */
    @Test
    void alarmsAreNoMoreOftenThanPromisedOverWhatReferencesMightHaveBeen() {
        List<String> table = new ArrayList<>();
        for (int labels : new int[] {100, 1000, 5000}) {
            for (double rate : new double[] {0.02, 0.1}) {
                Simulation simulation = learned(DetectorType.E_SR, rate, labels, Simulation::error);
                table.add(checked(simulation, rate));
                Simulation bounded = learned(DetectorType.E_SR, rate, labels, Simulation::bounded);
                table.add(checked(bounded, rate) + " losses from 0 to 1");
            }
        }
        print("at .02, .02 with losses from 0 to 1, .1, .1 with these", table.toArray(new String[0]));
    }

    private static String checked(Simulation simulation, double rate) {
        Quiet quiet = simulation.quiet(rate, Simulation.RUNS, 20_000);
        assertThat(quiet.leastAlarmsIn(FALSE_ALARMS)).as(simulation.name()).isLessThan(1);
        double bound = settings(DetectorType.E_SR)
                .forLosses(ReferenceLosses.of(1, 100))
                .falseAlarmWithin(1000)
                .orElseThrow();
        double slack = 2.33 * Math.sqrt(bound * (1 - bound) / Simulation.RUNS);
        assertThat(quiet.within(1000)).as(simulation.name()).isLessThan(bound + slack);
        return line(null, simulation.name(), quiet);
    }

    @Test
    void aLargeBudgetHoldsOverReferencesToo() {
        double budget = 1e6;
        DetectorSettings settings = settings(DetectorType.E_SR).withFalseAlarms(budget);
        Simulation simulation = new Simulation(
                "e-sr, 1000 labels, 10^6",
                random -> settings.forLosses(Simulation.reference(random, LABELS, 0.1, Simulation::error)),
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

    @Test
    void aRiseIsFoundSoonEnough() {
        List<Simulation> all = new ArrayList<>(promising(0.1));
        all.add(dummy());
        List<String> table = new ArrayList<>();
        for (Simulation simulation : all) {
            StringBuilder line = new StringBuilder("| " + simulation.name() + " |");
            for (double rise : RISES) {
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
        print("missed / delay, 0.10 to 0.15, 0.20, 0.40", table.toArray(new String[0]));
    }

    /** The delays of MOA's detectors as measured in reference/serving-drift-validation.md, B.4. */
    @Test
    void theClassicDetectorsAreAsSoonAsTheirs() {
        DetectorType[] types = {DetectorType.ADWIN, DetectorType.DDM, DetectorType.PAGE_HINKLEY};
        double[][] delays = {{1130, 322, 72}, {1404, 910, 285}, {2070, 869, 259}};
        double[][] missed = {{0, 0, 0}, {0.19, 0.04, 0}, {0, 0, 0}};
        // Cheap, and the tolerance is narrow.
        int runs = Math.max(2000, Simulation.RUNS);
        List<String> table = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            Simulation simulation = plain(types[i]);
            StringBuilder line = new StringBuilder("| " + simulation.name() + " |");
            for (double rate : RATES) {
                double alarms = simulation.quiet(rate, runs / 10, 20_000).alarmsIn(FALSE_ALARMS);
                line.append(String.format(Locale.ROOT, " %.2f |", alarms));
            }
            for (int rise = 0; rise < RISES.length; rise++) {
                Changed changed = simulation.changed(0.1, RISES[rise], runs, true);
                line.append(String.format(Locale.ROOT, " %.2f / %.0f |", changed.missed(), changed.delay()));
                assertThat(changed.delay()).as(line.toString()).isCloseTo(delays[i][rise], withinPercentage(10));
                assertThat(changed.missed())
                        .as(line.toString())
                        .isBetween(missed[i][rise] - 0.06, missed[i][rise] + 0.06);
            }
            table.add(line.toString());
        }
        print(
                "alarms in 10,000 at .05, .10, .20; missed / delay, 0.10 to 0.15, 0.20, 0.40",
                table.toArray(new String[0]));
    }

    /** Alarms every so many values, whatever they are: what a table must not mistake for a good detector. */
    private static final class Dummy extends StreamDetector {

        private final int every;

        Dummy(int every) {
            this.every = every;
        }

        @Override
        void check(double value) {
            checkLoss(value);
        }

        @Override
        ChangeStatus take(double value) {
            return count() % every == 0 ? ChangeStatus.CHANGED : ChangeStatus.STABLE;
        }

        @Override
        public double evidence() {
            return count();
        }

        @Override
        public double threshold() {
            return every;
        }

        @Override
        public long changedAgo() {
            return 0;
        }

        @Override
        public OptionalDouble falseAlarmWithin(long values) {
            return OptionalDouble.empty();
        }

        @Override
        void clear() {
            // Nothing is kept but the count.
        }

        @Override
        void write(StateWriter to) {
            // Nothing is kept but the count.
        }

        @Override
        void read(StateReader from) {
            // Nothing is kept but the count.
        }
    }
}
