package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Predictions on their way to the table: taken without waiting for it, written in batches, in order. Thread-safe. */
final class PredictionBuffer {

    static final int BATCH = 500;

    private final BlockingQueue<Predicted> queue;
    private final JoinTable table;
    private final Consumer<Predicted> written;
    private final Runnable lost;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<Half> batch = new ArrayDeque<>();
    private volatile Failure failure = new Failure(0, "");

    /** The last time the table could not be reached: one more each time. */
    private record Failure(long number, String message) {}

    private record Half(Predicted predicted, Left left) {}

    /**
     * @param written is told of each prediction the table has taken
     * @param lost is told of each that it can never take
     */
    PredictionBuffer(int size, JoinTable table, Consumer<Predicted> written, Runnable lost) {
        this.queue = new ArrayBlockingQueue<>(size);
        this.table = table;
        this.written = written;
        this.lost = lost;
    }

    /** Whether there was room. */
    boolean offer(Predicted predicted) {
        return queue.offer(predicted);
    }

    /** Takes one back; whether it was still there. */
    boolean withdraw(Predicted predicted) {
        return queue.remove(predicted);
    }

    int size() {
        return queue.size();
    }

    /** Takes out all that the table may not have. */
    List<Predicted> drain() {
        writing.lock();
        try {
            List<Predicted> left = new ArrayList<>();
            batch.forEach(half -> left.add(half.predicted()));
            batch.clear();
            queue.drainTo(left);
            return left;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Writes what was there when it was called. Waits for the table, and for another thread that writes; fails if that one fails, so that
     * threads don't wait for a table that is away one after the other.
     *
     * @param joined takes what was joined, also when the table breaks
     * @throws StoreException if the table cannot be reached: what it may not have is kept
     */
    void flush(Collection<Joined> joined) {
        Failure before = failure;
        writing.lock();
        try {
            if (failure.number() != before.number()) {
                throw new StoreException(failure.message(), null);
            }
            int left = queue.size();
            write(joined);
            while (left > 0) {
                List<Predicted> next = new ArrayList<>(Math.min(left, BATCH));
                left = queue.drainTo(next, Math.min(left, BATCH)) == 0 ? 0 : left - next.size();
                next.forEach(this::encode);
                write(joined);
            }
        } finally {
            writing.unlock();
        }
    }

    private void encode(Predicted predicted) {
        try {
            batch.add(new Half(predicted, Codec.left(predicted)));
        } catch (IllegalArgumentException e) {
            lost.run();
        }
    }

    /** One half that the table refuses must not keep the others back: refused ones are tried in smaller and smaller parts. */
    private void write(Collection<Joined> joined) {
        int size = BATCH;
        while (!batch.isEmpty()) {
            List<Half> part = batch.stream().limit(size).toList();
            try {
                joined.addAll(table.left(part.stream().map(Half::left).toList()));
                part.forEach(half -> written.accept(half.predicted()));
                part.forEach(half -> batch.remove());
                size = Math.min(BATCH, 2 * size);
            } catch (StoreException e) {
                if (e.unreachable()) {
                    failure = new Failure(failure.number() + 1, e.getMessage());
                    throw e;
                }
                if (part.size() == 1) {
                    batch.remove();
                    lost.run();
                }
                size = Math.max(1, part.size() / 2);
            }
        }
    }
}
