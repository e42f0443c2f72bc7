package io.github.camelaiflow.model.serving;

import java.time.Duration;

/**
 * How single rows of many callers are gathered into calls.
 *
 * @param size rows of one call at most; 1 for none but their own
 * @param delay how long the oldest row waits for others while a thread is free; zero to take what is there
 * @param inFlight calls at one time at most
 */
public record Batching(int size, Duration delay, int inFlight) {

    /** Every caller asks by itself. */
    public static final Batching OFF = new Batching(1, Duration.ZERO, 1);

    private static final int QUEUED_CALLS = 32;

    /** @throws IllegalArgumentException if size or inFlight is below 1, or the delay negative */
    public Batching {
        if (size < 1 || inFlight < 1 || delay.isNegative()) {
            throw new IllegalArgumentException(
                    "batches need a size and a number in flight from 1 and a delay from 0, were " + size + ", "
                            + inFlight + " and " + delay);
        }
    }

    /** Rows that may wait at most: those of 32 calls. */
    int queued() {
        return (int) Math.min(Integer.MAX_VALUE, (long) size * QUEUED_CALLS);
    }
}
