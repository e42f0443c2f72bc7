package io.github.camelaiflow.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sees what is visible, all the time, and knows when it came. */
abstract class Watcher implements AutoCloseable {

    private final List<Outcome> seen = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "watcher");
    private volatile boolean closed;
    private volatile Throwable problem;

    final void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            watch();
        } catch (Exception e) {
            problem = e;
        }
    }

    /** Tells {@link #saw} of what came, until {@link #isClosed}. */
    abstract void watch() throws Exception;

    /** Until the topic of dead letters is there (again), only decisions are read. */
    abstract void deadLettersAreGone(boolean gone);

    /** Sees what came behind what was read already. */
    void catchUp() {
        // who reads a log misses nothing
    }

    final boolean isClosed() {
        return closed;
    }

    final void saw(List<Outcome> outcomes) {
        synchronized (seen) {
            seen.addAll(outcomes);
        }
    }

    /** All that came out so far, in order within each partition. */
    final List<Outcome> seen() {
        if (problem != null) {
            throw new IllegalStateException("What came out cannot be read", problem);
        }
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    final int count() {
        return seen().size();
    }

    /** Waits until this is so of what came out; whether it came to be in time. */
    final boolean await(Predicate<List<Outcome>> goal, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!goal.test(seen())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Child.pause(20);
        }
        return true;
    }

    @Override
    public final void close() {
        closed = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
