package io.github.camelaiflow.statistics.change;

import io.github.camelaiflow.statistics.change.Simulation.Quiet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.rng.UniformRandomProvider;

/** The rows of the tables in docs/detectors.md. */
final class Figures {

    static final double FALSE_ALARMS = 10_000;
    static final int LABELS = 1000;
    static final double[] RATES = {0.05, 0.10, 0.20};
    static final double[] RISES = {0.15, 0.20, 0.40};

    static DetectorSettings settings(DetectorType type) {
        return DetectorSettings.of(type).withFalseAlarms(FALSE_ALARMS).withBaselineLabels(LABELS);
    }

    static Simulation known(DetectorType type, double rate) {
        return new Simulation(
                type.word() + ", rate known",
                random -> settings(type).withRate(rate).forLosses(),
                Simulation::error);
    }

    static Simulation learned(
            DetectorType type, double rate, int labels, ToDoubleBiFunction<UniformRandomProvider, Double> loss) {
        return new Simulation(
                type.word() + ", " + labels + " labels",
                random -> settings(type).forLosses(Simulation.reference(random, labels, rate, loss)),
                loss);
    }

    static Simulation plain(DetectorType type) {
        String learned = type == DetectorType.CONFORMAL ? ", " + LABELS + " labels" : "";
        return new Simulation(
                type.word() + learned,
                random -> settings(type).withSeed(random.nextLong()).forLosses(),
                Simulation::error);
    }

    static Simulation dummy() {
        return new Simulation("*dummy: every 10,000*", random -> new Dummy(10_000), Simulation::error);
    }

    static List<Simulation> promising(double rate) {
        List<Simulation> all = new ArrayList<>();
        for (DetectorType type : new DetectorType[] {DetectorType.E_SR, DetectorType.E_CUSUM}) {
            all.add(known(type, rate));
            all.add(learned(type, rate, LABELS, Simulation::error));
        }
        all.add(plain(DetectorType.CONFORMAL));
        return all;
    }

    static String line(String line, String name, Quiet quiet) {
        String cell = String.format(
                Locale.ROOT,
                " %.1fk / %.2f / %.3f / %.3f |",
                quiet.runLength() / 1000,
                quiet.alarmsIn(FALSE_ALARMS),
                quiet.within(1000),
                quiet.within(10_000));
        return (line == null ? "| " + name + " |" : line) + cell;
    }

    static void print(String title, String[] lines) {
        System.out.println(title + ", " + Simulation.RUNS + " runs");
        for (String line : lines) {
            System.out.println(line);
        }
    }

    private Figures() {}
}
