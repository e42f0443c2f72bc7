package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.List;

/** A process with its threads: it lives, stands still, or is dead. */
final class SimProcess {

    final String name;
    private final Fibers fibers;
    private final List<Fibers.Fiber> threads = new ArrayList<>();
    private boolean dead;
    private long diedAt;
    private long pausedAt;
    private long pausedUntil;
    private final List<Runnable> funeral = new ArrayList<>();
    /** Added to the wall clock, milliseconds. */
    long clockOffset;

    SimProcess(String name, Fibers fibers) {
        this.name = name;
        this.fibers = fibers;
    }

    void start(String thread, Runnable body) {
        threads.add(fibers.start(name + "/" + thread, body));
    }

    boolean dead() {
        return dead;
    }

    /** As kill -9: at once, whatever its threads do. */
    void kill() {
        if (!dead) {
            dead = true;
            diedAt = fibers.now();
            threads.forEach(fibers::kill);
            funeral.forEach(Runnable::run);
        }
    }

    void onDeath(Runnable work) {
        funeral.add(work);
    }

    /** As SIGCONT. */
    void resume() {
        if (paused()) {
            pausedUntil = fibers.now();
            threads.forEach(fibers::wake);
        }
    }

    /** As SIGSTOP, with SIGCONT after a while. */
    void pause(long millis) {
        pausedAt = fibers.now();
        pausedUntil = pausedAt + millis;
    }

    /** When its heartbeat threads were last at work. */
    long lastAlive() {
        return dead ? diedAt : fibers.now() < pausedUntil ? pausedAt : fibers.now();
    }

    boolean paused() {
        return fibers.now() < pausedUntil;
    }

    /** Lets time pass for the running thread, and more if the process stands still then. */
    void sleep(long millis) {
        checkAlive();
        fibers.sleep(millis);
        checkAlive();
        awaitRunning();
    }

    void awaitRunning() {
        while (paused()) {
            fibers.sleep(pausedUntil - fibers.now());
            checkAlive();
        }
    }

    /** Code of a dead process that still runs does nothing. */
    void checkAlive() {
        if (dead) {
            throw new Fibers.Killed();
        }
    }
}
