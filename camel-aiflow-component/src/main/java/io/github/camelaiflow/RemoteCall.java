package io.github.camelaiflow;

import io.github.camelaiflow.model.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call to somebody else, on a thread of its own and with a deadline. When that has passed, or the caller is interrupted,
 * the thread is interrupted, the connection closed under it, and what it may still bring goes nowhere.
 */
final class RemoteCall<T> {

    private static final ThreadLocal<RemoteCall<?>> CURRENT = new ThreadLocal<>();

    private final String place;
    private final Duration timeout;
    private final long start;
    private final FutureTask<T> task;
    private final List<Runnable> closings = new ArrayList<>();
    private boolean abandoned;

    private RemoteCall(String place, Duration timeout, Callable<T> work) {
        this.place = place;
        this.timeout = timeout;
        this.start = System.nanoTime();
        this.task = new FutureTask<>(() -> {
            CURRENT.set(this);
            try {
                return work.call();
            } finally {
                CURRENT.remove();
            }
        });
    }

    /**
     * Begins the call; its deadline counts from now.
     *
     * @param place who is asked, for messages
     * @throws RejectedExecutionException if no thread is free
     */
    static <T> RemoteCall<T> begin(String place, Duration timeout, Executor threads, Callable<T> work) {
        RemoteCall<T> call = new RemoteCall<>(place, timeout, work);
        threads.execute(call.task);
        return call;
    }

    /**
     * As {@link #begin}, and waits for the answer.
     *
     * @throws ModelException (retryable) if no thread is free
     */
    static <T> T make(String place, Duration timeout, Executor threads, Callable<T> work) {
        try {
            return begin(place, timeout, threads, work).await();
        } catch (RejectedExecutionException e) {
            throw saturated(place);
        }
    }

    static ModelException saturated(String place) {
        return new ModelException(
                true, place + " can't be asked: the component is saturated, as many calls as it has threads are open");
    }

    /** Has that done when the call that runs on this thread, if one does, is abandoned; at once if it is already. */
    static void onAbandon(Runnable closing) {
        RemoteCall<?> call = CURRENT.get();
        if (call != null) {
            call.add(closing);
        }
    }

    /** Closes the connection of the call that runs on this thread, if one does. */
    static void closeConnection() {
        RemoteCall<?> call = CURRENT.get();
        if (call != null) {
            call.close();
        }
    }

    private void add(Runnable closing) {
        synchronized (closings) {
            if (!abandoned) {
                closings.add(closing);
                return;
            }
        }
        closing.run();
    }

    private void close() {
        List<Runnable> now;
        synchronized (closings) {
            now = List.copyOf(closings);
            closings.clear();
        }
        now.forEach(Runnable::run);
    }

    /**
     * The answer, waited for until the deadline.
     *
     * @throws ModelException (retryable) if it doesn't come in time or the wait is interrupted
     */
    T await() {
        try {
            long left = timeout.toNanos() - (System.nanoTime() - start);
            return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandon();
            throw new ModelException(true, place + " must answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new ModelException(true, place + " was asked, but the wait for its answer was interrupted");
        } catch (CancellationException e) {
            throw new ModelException(true, place + " was asked, but the call was given up");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new ModelException(
                    true,
                    place + " must answer, failed with "
                            + e.getCause().getClass().getName());
        }
    }

    /** Gives a call that nobody waits for up at its deadline. */
    void abandonInTime() {
        CompletableFuture.delayedExecutor(timeout.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {
                    if (!task.isDone()) {
                        abandon();
                    }
                });
    }

    /** Gives the call up. Idempotent. */
    void abandon() {
        synchronized (closings) {
            abandoned = true;
        }
        task.cancel(true);
        close();
    }
}
