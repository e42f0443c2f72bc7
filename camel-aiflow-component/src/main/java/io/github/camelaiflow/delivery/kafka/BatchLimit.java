package io.github.camelaiflow.delivery.kafka;

import java.time.Duration;

/**
 * How many records a batch may have. Halved when a batch took longer than the group waits for a member, or could not be committed, since it
 * would be too long each time it comes again; doubled when one is settled and there is time enough.
 */
final class BatchLimit {

    private final int most;
    private final Duration longest;
    private int records;

    BatchLimit(int most, Duration longest) {
        this.most = most;
        this.longest = longest;
        this.records = most;
    }

    int records() {
        return records;
    }

    /** A batch of that size could not be committed: over a slow line there may be no time for so many. */
    void uncommitted(int size) {
        records = Math.max(1, size / 2);
    }

    /** A batch of that size was worked on. */
    void took(int size, Duration time, boolean settled) {
        if (time.compareTo(longest) > 0) {
            records = Math.max(1, size / 2);
        } else if (settled && time.multipliedBy(4).compareTo(longest) < 0) {
            records = (int) Math.min(most, 2L * records);
        }
    }
}
