package io.github.camelaiflow.wire;

import io.github.camelaiflow.management.DeliveryStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What became of the records that entered one route, since its start. Thread-safe. */
final class ExchangeLedger implements DeliveryStatus {

    private static final Duration EPISODE = Duration.ofMinutes(10);

    private final String route;
    private final String flow;
    private final InstantSource clock;
    private long taken;
    private long decisions;
    private long deadLetters;
    private long returned;
    private long pending;
    private long failures;
    private Instant lastCommit;
    private Instant failingSince;
    private Instant lastSwallowed;

    ExchangeLedger(String route, String flow, InstantSource clock) {
        this.route = route;
        this.flow = flow;
        this.clock = clock;
    }

    synchronized void taken(int records) {
        taken += records;
        pending += records;
    }

    /**
     * Settles an exchange whose records were taken.
     *
     * @param counted how many of its records were counted when it entered
     */
    synchronized Notes settled(int counted, ExchangeResult result) {
        Instant now = clock.instant();
        taken += result.records() - counted;
        pending -= counted;
        decisions += result.decisions();
        deadLetters += result.deadLetters();
        returned += result.returned();
        boolean episode = false;
        if (result.swallowed() > 0) {
            episode = lastSwallowed == null || now.isAfter(lastSwallowed.plus(EPISODE));
            lastSwallowed = now;
        }
        Duration recovered = null;
        if (result.failed()) {
            failures++;
            failingSince = failingSince == null ? now : failingSince;
        } else if (result.decisions() + result.deadLetters() > 0) {
            lastCommit = now;
            recovered = failingSince == null ? null : Duration.between(failingSince, now);
            failingSince = null;
        }
        return new Notes(result.failed(), Optional.ofNullable(recovered), episode);
    }

    /**
     * What is worth telling besides the figures.
     *
     * @param recovered how long after the first failure the route works again, if it does just now
     * @param episode whether records are swallowed now, and none were for a while
     */
    record Notes(boolean failed, Optional<Duration> recovered, boolean episode) {}

    @Override
    public String route() {
        return route;
    }

    @Override
    public String flow() {
        return flow;
    }

    @Override
    public String mode() {
        return CAMEL;
    }

    @Override
    public synchronized long taken() {
        return taken;
    }

    @Override
    public synchronized long decisions() {
        return decisions;
    }

    @Override
    public synchronized long deadLetters() {
        return deadLetters;
    }

    @Override
    public synchronized long returned() {
        return returned;
    }

    @Override
    public synchronized long pending() {
        return pending;
    }

    @Override
    public synchronized long gap() {
        return taken - decisions - deadLetters - returned - pending;
    }

    @Override
    public synchronized long failures() {
        return failures;
    }

    @Override
    public synchronized Instant lastCommit() {
        return lastCommit;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }
}
