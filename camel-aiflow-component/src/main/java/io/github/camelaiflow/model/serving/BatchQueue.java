package io.github.camelaiflow.model.serving;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rows in the order they came, taken by batches: one worker at a time gathers, until the batch is full or its most pressing row
 * must leave. Bounded. Thread-safe.
 */
final class BatchQueue {

    private final Batching how;
    private final ReentrantLock lock = new ReentrantLock();
    /** For workers without a batch. */
    private final Condition free = lock.newCondition();
    /** For the one that gathers. */
    private final Condition more = lock.newCondition();

    private final Set<Waiting> rows = new LinkedHashSet<>();
    private boolean gathering;
    /** When the one that gathers looks again. */
    private long wakeAt;

    private int idle;
    private boolean closed;

    BatchQueue(Batching how) {
        this.how = how;
    }

    /** What became of an offer. */
    enum Offer {
        TAKEN,
        /** Taken, and no worker is there to see it. */
        TAKEN_NO_WORKER,
        FULL,
        CLOSED
    }

    Offer offer(Waiting row) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (rows.size() >= how.queued()) {
                return Offer.FULL;
            }
            rows.add(row);
            if (gathering) {
                if (rows.size() >= how.size() || row.leaveBy() - wakeAt < 0) {
                    more.signal();
                }
                return Offer.TAKEN;
            }
            free.signal();
            return idle > 0 ? Offer.TAKEN : Offer.TAKEN_NO_WORKER;
        } finally {
            lock.unlock();
        }
    }

    void remove(Waiting row) {
        lock.lock();
        try {
            rows.remove(row);
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, not empty; {@code null} once closed. Waits for it. */
    List<Waiting> take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (gathering || rows.isEmpty()) {
                    idle++;
                    try {
                        free.await();
                    } finally {
                        idle--;
                    }
                } else {
                    List<Waiting> batch = gather();
                    if (!batch.isEmpty()) {
                        return batch;
                    }
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private List<Waiting> gather() throws InterruptedException {
        gathering = true;
        try {
            long left = left();
            while (!closed && !rows.isEmpty() && rows.size() < how.size() && left > 0) {
                wakeAt = System.nanoTime() + left;
                more.awaitNanos(left);
                left = left();
            }
            return collect();
        } finally {
            gathering = false;
            if (!rows.isEmpty()) {
                free.signal();
            }
        }
    }

    private long left() {
        long left = TimeUnit.DAYS.toNanos(1);
        long now = System.nanoTime();
        for (Waiting row : rows) {
            left = Math.min(left, row.leaveBy() - now);
        }
        return left;
    }

    /** The oldest row and those that can share its call; drops the rows nobody waits for. */
    private List<Waiting> collect() {
        List<Waiting> batch = new ArrayList<>();
        Iterator<Waiting> all = rows.iterator();
        while (all.hasNext() && batch.size() < how.size()) {
            Waiting row = all.next();
            if (row.gone()) {
                all.remove();
            } else if (batch.isEmpty() || batch.get(0).kind().equals(row.kind())) {
                all.remove();
                batch.add(row);
            }
        }
        return batch;
    }

    /** Whether rows wait and no worker is there to see them. */
    boolean unattended() {
        lock.lock();
        try {
            return !rows.isEmpty() && !gathering && idle == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more rows, sends the workers home, and hands back those that still wait. */
    List<Waiting> close() {
        lock.lock();
        try {
            closed = true;
            List<Waiting> left = List.copyOf(rows);
            rows.clear();
            free.signalAll();
            more.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
