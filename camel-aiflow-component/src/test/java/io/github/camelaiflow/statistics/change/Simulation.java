package io.github.camelaiflow.statistics.change;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Seeded streams of losses, watched.
 *
 * @param name a table's row
 * @param detector a fresh one on a reference that is drawn first, if it takes one
 * @param loss one of a mean
 */
record Simulation(
        String name,
        Function<UniformRandomProvider, ChangeDetector> detector,
        ToDoubleBiFunction<UniformRandomProvider, Double> loss) {
    static final int RUNS = Repetitions.of(2_000);

    static double error(UniformRandomProvider random, double rate) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    /** A loss between 0 and 1, most often near 0: U to the power that gives the mean. */
    static double bounded(UniformRandomProvider random, double mean) {
        return Math.pow(random.nextDouble(), 1 / mean - 1);
    }

    static ReferenceLosses reference(
            UniformRandomProvider random,
            int labels,
            double rate,
            ToDoubleBiFunction<UniformRandomProvider, Double> loss) {
        ReferenceLosses losses = new ReferenceLosses();
        for (int i = 0; i < labels; i++) {
            losses.add(loss.applyAsDouble(random, rate));
        }
        return losses;
    }

    /**
     * What came of streams without a change, alarms reset.
     *
     * @param first when the first alarm came, a run each, cut at the length
     * @param alarms how many there were, a run each
     * @param length of a run, less what was learned from
     */
    record Quiet(double[] first, double[] alarms, int length) {

        double within(int values) {
            return Arrays.stream(first).filter(at -> at <= values).count() / (double) first.length;
        }

        double runLength() {
            return mean(first);
        }

        /** The 95 % lower bound of the mean run length; too low, as runs are cut. */
        double leastRunLength() {
            return mean(first) - 1.645 * error(first);
        }

        double alarmsIn(double values) {
            return mean(alarms) * values / length;
        }

        double leastAlarmsIn(double values) {
            return (mean(alarms) - 1.645 * error(alarms)) * values / length;
        }
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double error(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    Quiet quiet(double rate, int runs, int length) {
        double[] first = new double[runs];
        double[] alarms = new double[runs];
        for (int run = 0; run < runs; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 1, (long) (rate * 1000));
            ChangeDetector watch = detector.apply(random);
            int watched = 0;
            while (watched < length) {
                ChangeStatus status = watch.add(loss.applyAsDouble(random, rate));
                watched += status == ChangeStatus.LEARNING ? 0 : 1;
                if (status == ChangeStatus.CHANGED) {
                    first[run] = first[run] == 0 ? watched : first[run];
                    alarms[run]++;
                    watch.reset();
                }
            }
            first[run] = first[run] == 0 ? length : first[run];
        }
        return new Quiet(first, alarms, length);
    }

    /**
     * What came of streams with a change.
     *
     * @param delays of the runs that found it
     * @param missed share of the runs that did not, within 5,000 values
     * @param early share of all runs that had stopped before, and are left out
     */
    record Changed(double[] delays, double missed, double early) {

        double delay() {
            return mean(delays);
        }
    }

    private static final int CHANGE = 5000;
    private static final int HORIZON = 5000;

    /**
     * As table B.4: from the change, after 5,000 values that were watched, to the alarm.
     *
     * @param again whether a run with an alarm before the change goes on after a reset, or is left out
     */
    Changed changed(double before, double after, int runs, boolean again) {
        double[] delays = new double[runs];
        int found = 0;
        int early = 0;
        for (int run = 0; run < runs; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 2, (long) (after * 1000));
            ChangeDetector watch = detector.apply(random);
            boolean stopped = false;
            int watched = 0;
            int delay = 0;
            while (watched < CHANGE + HORIZON && delay == 0 && (again || !stopped)) {
                ChangeStatus status = watch.add(loss.applyAsDouble(random, watched < CHANGE ? before : after));
                // What a baseline is learned from comes before.
                watched += watched == 0 && status == ChangeStatus.LEARNING ? 0 : 1;
                if (status == ChangeStatus.CHANGED) {
                    stopped |= watched <= CHANGE;
                    delay = Math.max(0, watched - CHANGE);
                    watch.reset();
                }
            }
            early += stopped ? 1 : 0;
            if (delay > 0) {
                delays[found++] = delay;
            }
        }
        int counted = again ? runs : runs - early;
        return new Changed(Arrays.copyOf(delays, found), (counted - found) / (double) counted, early / (double) runs);
    }
}
