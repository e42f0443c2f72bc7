package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that take turns on a virtual clock. Exactly one runs at a time; it gives its turn away by {@link #sleep}, and who comes next is a
 * matter of the clock and of the seed alone. The thread that makes this object is the first fiber.
 */
final class Fibers {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fiber");
        thread.setDaemon(true);
        return thread;
    });

    private final SplittableRandom random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::tie));
    private final Fiber root = new Fiber("root");
    private final List<Fiber> alive = new ArrayList<>();
    private Fiber running = root;
    private long now;
    private long ties;

    Fibers(SplittableRandom random) {
        this.random = random;
        root.thread = Thread.currentThread();
    }

    /** Virtual milliseconds since the start. */
    long now() {
        return now;
    }

    Fiber running() {
        return running;
    }

    /** Starts a fiber; it runs when the present one sleeps. */
    Fiber start(String name, Runnable body) {
        Fiber fiber = new Fiber(name);
        alive.add(fiber);
        THREADS.execute(() -> {
            fiber.thread = Thread.currentThread();
            fiber.awaitTurn();
            try {
                if (!fiber.killed) {
                    body.run();
                }
            } catch (Killed e) {
                // As a process dies: nothing is left to do.
            } finally {
                alive.remove(fiber);
                Thread.interrupted();
                next(null);
            }
        });
        wakeAt(now, fiber);
        return fiber;
    }

    /** Runs something later, between the turns of fibers. It must not sleep. */
    void after(long millis, Runnable work) {
        events.add(new Event(now + millis, tie(), null, 0, work));
    }

    /** Lets time pass for the running fiber. */
    void sleep(long millis) {
        Fiber me = running;
        wakeAt(now + Math.max(0, millis), me);
        next(me);
        me.checkKilled();
    }

    /** Wakes a fiber before its time. */
    void wake(Fiber fiber) {
        if (fiber != running && alive.contains(fiber)) {
            wakeAt(now, fiber);
        }
    }

    /** Lets the fiber end at its next turn, which comes at once. */
    void kill(Fiber fiber) {
        fiber.killed = true;
        wake(fiber);
    }

    /** Ends all fibers; called by the first one. */
    void killAll() {
        while (!alive.isEmpty()) {
            List.copyOf(alive).forEach(this::kill);
            sleep(0);
        }
        events.clear();
    }

    private void wakeAt(long time, Fiber fiber) {
        events.add(new Event(time, tie(), fiber, ++fiber.wake, null));
    }

    /** Among events of one time the seed chooses. */
    private long tie() {
        return ((long) random.nextInt(1 << 20) << 40) | ++ties;
    }

    /** Gives the turn to whoever is next; comes back when {@code me} has it again. */
    private void next(Fiber me) {
        while (true) {
            Event event = events.poll();
            if (event.work != null) {
                now = event.time;
                event.work.run();
                continue;
            }
            if (event.wake != event.fiber.wake) {
                continue;
            }
            now = event.time;
            running = event.fiber;
            if (running != me) {
                running.giveTurn();
                if (me != null) {
                    me.awaitTurn();
                }
            }
            return;
        }
    }

    /** @param wake which of the fiber's wake-ups: only the latest counts */
    private record Event(long time, long tie, Fiber fiber, long wake, Runnable work) {}

    /** One of the threads. */
    static final class Fiber {
        final String name;
        private volatile boolean turn;
        private volatile Thread thread;
        private boolean killed;
        private long wake;

        private Fiber(String name) {
            this.name = name;
        }

        private void giveTurn() {
            turn = true;
            LockSupport.unpark(thread);
        }

        private void awaitTurn() {
            while (!turn) {
                LockSupport.park(this);
            }
            turn = false;
        }

        void checkKilled() {
            if (killed) {
                throw new Killed();
            }
        }
    }

    /** Thrown through the code of a process that is dead; what that code still does has no effect. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }
}
