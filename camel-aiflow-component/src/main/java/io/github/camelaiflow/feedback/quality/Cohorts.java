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
    private long complete = Long.MIN_VALUE;
    private long firstLabelled = Long.MAX_VALUE;

    void predicted(Instant at, long times) {
        predicted[stretch(at)] += times;
    }

    /** Of what was predicted before it isn't known how many these were. */
    void complete(Instant from) {
        complete = from.getEpochSecond();
    }

    void labelled(Instant at) {
        labelled[stretch(at)]++;
        firstLabelled = Math.min(firstLabelled, at.getEpochSecond());
    }

    private int stretch(Instant at) {
        long second = at.getEpochSecond();
        if (origin == Long.MAX_VALUE) {
            origin = second;
        }
        while (second - origin >= width * STRETCHES || second < origin && !earlier(second)) {
            halve(predicted);
            halve(labelled);
            width *= 2;
        }
        return (int) ((second - origin) / width);
    }

    /** Begins so early that this second is in the first stretch; false if there is no room for it. */
    private boolean earlier(long second) {
        long by = (origin - second + width - 1) / width;
        for (int i = 0; i < STRETCHES; i++) {
            if (i + by >= STRETCHES && (predicted[i] > 0 || labelled[i] > 0)) {
                return false;
            }
        }
        later(predicted, by);
        later(labelled, by);
        origin -= by * width;
        return true;
    }

    private static void later(long[] counts, long by) {
        for (int i = STRETCHES - 1; i >= 0; i--) {
            counts[i] = i < by ? 0 : counts[(int) (i - by)];
        }
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
        long from = firstLabelled < complete ? complete : Long.MIN_VALUE;
        for (int i = 0; i < STRETCHES; i++) {
            long start = origin + i * width;
            if (start >= from && start + width <= before.getEpochSecond()) {
                made += predicted[i];
                known += labelled[i];
            }
        }
        return made == 0 || known > made ? Double.NaN : (double) known / made;
    }
}
