package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.it.campaign.Campaign.Act;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;

/**
 * What is promised in milliseconds.
 *
 * @param name of the promise
 * @param atMost the longest that is allowed
 * @param fault the one after which it holds, with so many {@code instances}
 */
record Promise(String name, long atMost, Fault fault, IntPredicate instances, ToLongFunction<FaultLine> time) {

    private static final long TRANSACTION_TIMEOUT = 10_000;

    static final long HALF_OF_RESTARTS = 2_000;

    static final Promise RESTART = new Promise(
            "killed and started again: ready → first commit",
            5_000,
            Fault.KILL_APP,
            instances -> instances == 1,
            FaultLine::readyMs);

    static final Promise TAKEOVER = new Promise(
            "killed, another instance takes over: killed → all partitions go on",
            Mode.SESSION_TIMEOUT + TRANSACTION_TIMEOUT + BrokerProcess.ABORT_INTERVAL.toMillis() + 2_000,
            Fault.TAKEOVER,
            instances -> true,
            FaultLine::recoverMs);

    static final Promise BROKER =
            new Promise("broker back → first commit", 5_000, Fault.KILL_BROKER, instances -> true, FaultLine::firstMs);

    static final List<Promise> ALL = List.of(RESTART, TAKEOVER, BROKER);

    private boolean isAbout(FaultLine line) {
        return line.fault().equals(fault.text()) && instances.test(line.instances());
    }

    /** How many faults of these, of our modes, must have a time. */
    long expected(List<Act> acts) {
        return acts.stream()
                .filter(act -> act.setup().mode().isOurs()
                        && instances.test(act.setup().instances()))
                .flatMap(act -> act.faults().stream())
                .filter(fault::equals)
                .count();
    }

    /** What is not held, or not told of a fault's time; empty if all is well. */
    static List<String> broken(List<Act> acts, List<FaultLine> ours) {
        List<String> broken = new ArrayList<>(untimed(acts, ours));
        for (Promise promise : ALL) {
            if (promise.worst(ours) > promise.atMost) {
                broken.add(promise.name + ": " + promise.worst(ours) + " ms");
            }
        }
        if (RESTART.half(ours) > HALF_OF_RESTARTS) {
            broken.add(RESTART.name + ", half: " + RESTART.half(ours) + " ms");
        }
        return broken;
    }

    /** Promises without a time for each of their faults. */
    static List<String> untimed(List<Act> acts, List<FaultLine> ours) {
        return ALL.stream()
                .filter(promise -> promise.times(ours).length != promise.expected(acts))
                .map(promise -> promise.name + ": " + promise.times(ours).length + " times of " + promise.expected(acts)
                        + " faults")
                .toList();
    }

    private long[] times(List<FaultLine> lines) {
        return lines.stream()
                .filter(this::isAbout)
                .mapToLong(time)
                .filter(millis -> millis >= 0)
                .sorted()
                .toArray();
    }

    /** Half are at most this; -1 if there are none. */
    long half(List<FaultLine> lines) {
        long[] times = times(lines);
        return times.length == 0 ? -1 : times[times.length / 2];
    }

    /** -1 if there are none. */
    long worst(List<FaultLine> lines) {
        long[] times = times(lines);
        return times.length == 0 ? -1 : times[times.length - 1];
    }

    /** A row of a table: how many there were, half, worst, and what is promised. */
    String row(List<FaultLine> lines) {
        long[] times = times(lines);
        long faults = lines.stream().filter(this::isAbout).count();
        if (times.length == 0) {
            String held = faults == 0 ? "–" : "0 of " + faults;
            return String.format(Locale.ROOT, "| %s | 0 | – | – | %,d | %s |\n", name, atMost, held);
        }
        long within = Arrays.stream(times).filter(millis -> millis <= atMost).count();
        boolean halfHolds = this != RESTART || half(lines) <= HALF_OF_RESTARTS;
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %,d | %,d%s | %s |\n",
                name,
                times.length,
                half(lines),
                worst(lines),
                atMost,
                this == RESTART ? String.format(Locale.ROOT, ", half %,d", HALF_OF_RESTARTS) : "",
                within == faults && halfHolds ? "yes" : within + " of " + faults);
    }
}
