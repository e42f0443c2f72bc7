package io.github.camelaiflow.rollout.evidence;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times counted in bins that each are a tenth longer than the one before, from a microsecond to 11 days. Counts add. Not
 * thread-safe.
 */
final class LogHistogram {

    static final int MIN_BIN = -73;
    static final int MAX_BIN = 218;

    private static final double LOG_STEP = Math.log(1.1);

    private final Map<Integer, Long> counts = new TreeMap<>();
    private long total;

    void add(double millis, long times) {
        int bin = millis > 0 ? (int) Math.round(Math.log(millis) / LOG_STEP) : MIN_BIN;
        addBin(Math.max(MIN_BIN, Math.min(MAX_BIN, bin)), times);
    }

    /** @throws IllegalArgumentException if there is no such bin, or times is negative */
    void addBin(int bin, long times) {
        if (bin < MIN_BIN || bin > MAX_BIN || times < 0) {
            throw new IllegalArgumentException("a time's bin must be from " + MIN_BIN + " to " + MAX_BIN);
        }
        counts.merge(bin, times, Long::sum);
        total += times;
    }

    void merge(LogHistogram other) {
        other.counts.forEach(this::addBin);
    }

    long total() {
        return total;
    }

    /** In ms, within 5 %; NaN without times. */
    double quantile(double p) {
        long before = 0;
        for (Map.Entry<Integer, Long> bin : counts.entrySet()) {
            before += bin.getValue();
            if (before > 0 && before >= p * total) {
                return Math.exp(bin.getKey() * LOG_STEP);
            }
        }
        return Double.NaN;
    }

    Map<Integer, Long> bins() {
        return Collections.unmodifiableMap(counts);
    }
}
