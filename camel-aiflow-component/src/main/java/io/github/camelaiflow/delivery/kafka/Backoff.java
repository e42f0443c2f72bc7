package io.github.camelaiflow.delivery.kafka;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between tries: twice as long each time up to a limit, less up to half of it by chance. Not thread-safe. */
final class Backoff {

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;
    private int tries;

    Backoff(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
    }

    Duration next() {
        long full = Math.min(longest.toNanos(), shortest.toNanos() << Math.min(tries, 20));
        tries++;
        return Duration.ofNanos((long) (full * (0.5 + random.nextDouble() / 2)));
    }

    void reset() {
        tries = 0;
    }
}
