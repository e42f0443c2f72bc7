package io.github.camelaiflow.delivery.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time as a worker sees it. */
public interface Ticker {

    /** The time of day, for people. */
    Instant now();

    /** Nanoseconds since some moment; never goes back. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's; the time of day is the clock's. */
    static Ticker of(InstantSource clock) {
        return new Ticker() {

            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
