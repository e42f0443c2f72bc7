package io.github.camelaiflow.drift;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Work done by an executor one after the other, in the order it came. Whoever gives it in bounds how much waits. Thread-safe.
 *
 * @param <T> a piece of work
 */
final class Evaluations<T> {

    private final Executor executor;
    private final Consumer<T> work;
    private final Consumer<T> refused;
    private final Queue<T> waiting = new ArrayDeque<>();
    private final Lock lock = new ReentrantLock();
    private boolean running;

    /**
     * @param work must not throw
     * @param refused is told of each piece that the executor would not do
     */
    Evaluations(Executor executor, Consumer<T> work, Consumer<T> refused) {
        this.executor = executor;
        this.work = work;
        this.refused = refused;
    }

    void submit(T piece) {
        lock.lock();
        try {
            waiting.add(piece);
            if (running) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        start();
    }

    private void start() {
        try {
            executor.execute(this::one);
        } catch (RejectedExecutionException e) {
            for (T piece = next(true); piece != null; piece = next(true)) {
                refused.accept(piece);
            }
        }
    }

    /** One piece only: then others of the executor's work have their turn. */
    private void one() {
        try {
            work.accept(next(false));
        } finally {
            if (more()) {
                start();
            }
        }
    }

    private T next(boolean stops) {
        lock.lock();
        try {
            T piece = waiting.poll();
            running = piece != null || !stops;
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private boolean more() {
        lock.lock();
        try {
            running = !waiting.isEmpty();
            return running;
        } finally {
            lock.unlock();
        }
    }
}
