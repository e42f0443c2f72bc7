package io.github.camelaiflow.rollout;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a trial has run, in milliseconds: the time between ticks while it runs, added up. Nodes share it by the largest any of
 * them has come to (as L. Lamport's clocks do, CACM 21(7), 1978), so it goes on where a stopped node left it. It never goes back,
 * and a wall clock that is set costs at most {@link #LONGEST}: what lies longer behind than that is not believed. Not thread-safe.
 */
final class TrialClock {

    /** What one tick adds at most. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private long ran;
    private Instant last;

    TrialClock(Instant now) {
        this.last = now;
    }

    /** @param running whether the time since the last tick counts */
    void tick(Instant now, boolean running) {
        Duration passed = Duration.between(last, now);
        last = now;
        if (running && !passed.isNegative()) {
            ran += Math.min(passed.toMillis(), LONGEST.toMillis());
        }
    }

    /** Learns what another has come to. */
    void atLeast(long others) {
        ran = Math.max(ran, others);
    }

    long ran() {
        return ran;
    }
}
