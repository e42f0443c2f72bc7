package io.github.camelaiflow.it.campaign;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What is promised in milliseconds.
 *
 * @param name of the promise
 * @param atMost the longest that is allowed
 */
record Promise(String name, long atMost, Predicate<FaultLine> about, ToLongFunction<FaultLine> time) {

    private static final long TRANSACTION_TIMEOUT = 10_000;

    static final long HALF_OF_RESTARTS = 2_000;

    static final Promise RESTART = new Promise(
            "killed and started again: ready → first commit",
            5_000,
            line -> line.fault().equals(Fault.KILL_APP.text()) && line.instances() == 1,
            FaultLine::readyMs);

    static final Promise TAKEOVER = new Promise(
            "killed, another instance takes over: killed → all partitions go on",
            Mode.SESSION_TIMEOUT + TRANSACTION_TIMEOUT + BrokerProcess.ABORT_INTERVAL.toMillis() + 2_000,
            line -> line.fault().equals(Fault.TAKEOVER.text()),
            FaultLine::recoverMs);

    static final Promise BROKER = new Promise(
            "broker back → first commit",
            5_000,
            line -> line.fault().equals(Fault.KILL_BROKER.text()),
            FaultLine::firstMs);

    static final List<Promise> ALL = List.of(RESTART, TAKEOVER, BROKER);

    private long[] times(List<FaultLine> lines) {
        return lines.stream()
                .filter(about)
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
        if (times.length == 0) {
            return String.format(Locale.ROOT, "| %s | 0 | – | – | %,d | – |\n", name, atMost);
        }
        long within = lines.stream()
                .filter(about)
                .mapToLong(time)
                .filter(millis -> millis >= 0 && millis <= atMost)
                .count();
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
                within == times.length && halfHolds ? "yes" : within + " of " + times.length);
    }
}
