package io.github.camelaiflow.feedback.quality;

import java.time.Instant;

/**
 * How many predictions were made when, and how many of them are labelled: in 64 stretches of equal length, a minute at first, that double as
 * needed. Not thread-safe.
 */
final class Cohorts {

    private static final int STRETCHES = 64;

    private final long[] predicted = new long[STRETCHES];
    private final long[] labelled = new long[STRETCHES];
    private long origin = Long.MAX_VALUE;
    private long width = 60;

    void predicted(Instant at, long times) {
        predicted[stretch(at)] += times;
    }

    void labelled(Instant at) {
        labelled[stretch(at)]++;
    }

    private int stretch(Instant at) {
        long second = at.getEpochSecond();
        if (origin == Long.MAX_VALUE) {
            origin = second;
        }
        while (second - origin >= width * STRETCHES) {
            halve(predicted);
            halve(labelled);
            width *= 2;
        }
        return (int) Math.max(0, (second - origin) / width);
    }

    private static void halve(long[] counts) {
        for (int i = 0; i < STRETCHES; i++) {
            counts[i] = 2 * i < STRETCHES ? counts[2 * i] + counts[2 * i + 1] : 0;
        }
    }

    /** The share that is labelled of what was predicted before; NaN if it isn't known of all how many these were. */
    double share(Instant before) {
        long made = 0;
        long known = 0;
        for (int i = 0; i < STRETCHES; i++) {
            if (origin + (i + 1) * width <= before.getEpochSecond()) {
                made += predicted[i];
                known += labelled[i];
            }
        }
        return made == 0 || known > made ? Double.NaN : (double) known / made;
    }
}
