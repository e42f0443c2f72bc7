package io.github.camelaiflow.validation.suggest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The share of values that must meet an expectation, from the share of those that may not. */
final class Mostly {

    /** With less, an expectation says little. */
    static final double LEAST = 0.5;

    private static final double DIGITS = 10_000;
    private static final long MOST_ROWS = 1L << 24;

    private Mostly() {}

    /** Rounded down to four digits, so that it never asks for more than was measured. */
    static double of(double unexpectedShare) {
        return Math.floor((1 - unexpectedShare) * DIGITS) / DIGITS;
    }

    /** The arguments with it; 1 is GX's default and not written. */
    static Map<String, Object> with(Map<String, Object> kwargs, double mostly) {
        Map<String, Object> all = new LinkedHashMap<>(kwargs);
        if (mostly < 1) {
            all.put("mostly", mostly);
        }
        return all;
    }

    /** Rows a sample must have, about, for an event never or seldom seen to be rare enough; {@code null} if it is not rare. */
    static Long rowsNeeded(double eventShare, int batch, double alpha, double measuredShare) {
        if (eventShare >= (1 - LEAST) / 2) {
            return null;
        }
        for (long rows = 4; rows <= MOST_ROWS; rows += Math.max(1, rows / 4)) {
            int events = (int) Math.ceil(eventShare * rows);
            double most = Forecast.eventsAtMost(events, (int) rows, batch, alpha) / (double) batch;
            if (of(most) >= LEAST) {
                return measuredShare == 0 ? null : Long.valueOf((long) Math.ceil(rows / measuredShare));
            }
        }
        return null;
    }
}
