package io.github.camelaiflow.delivery.kafka;

import java.time.Duration;

/**
 * How many records a batch may have. Halved when a batch took longer than the group waits for a member, since it would be too long each time
 * it comes again; doubled when there is time enough.
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

    void took(int size, Duration time) {
        if (time.compareTo(longest) > 0) {
            records = Math.max(1, size / 2);
        } else if (time.multipliedBy(4).compareTo(longest) < 0) {
            records = (int) Math.min(most, 2L * records);
        }
    }
}
