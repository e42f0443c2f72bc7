package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.ModelException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * How long one caller waits, and on which threads the work is done meanwhile. The caller itself waits on its own thread; what is
 * not answered in time is cancelled and its answer goes nowhere. Thread-safe.
 */
public final class Deadline {

    /** The caller waits as long as it takes and does the work itself. */
    public static final Deadline NONE = new Deadline("", 0, null);

    private final Object caller;
    private final long millis;
    private final long end;
    private final Supplier<ExecutorService> elsewhere;

    private Deadline(Object caller, long millis, Supplier<ExecutorService> elsewhere) {
        this.caller = caller;
        this.millis = millis;
        this.end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        this.elsewhere = elsewhere;
    }

    /**
     * A deadline that begins now.
     *
     * @param caller who waits; its String form is for messages
     * @param millis how long
     * @param elsewhere where work is done that would keep the caller; must reject what it has no room for
     */
    public static Deadline in(Object caller, long millis, Supplier<ExecutorService> elsewhere) {
        return new Deadline(caller, millis, Objects.requireNonNull(elsewhere, "elsewhere"));
    }

    /** Whether there is no end. */
    boolean isNone() {
        return elsewhere == null;
    }

    /** Nanoseconds left, not negative; {@link Long#MAX_VALUE} without an end. */
    long left() {
        return isNone() ? Long.MAX_VALUE : Math.max(0, end - System.nanoTime());
    }

    /**
     * Does the work on another thread and waits for it, or, without an end, does it here.
     *
     * @throws ModelException (retryable) if the time is up, the caller was interrupted (its mark is set again), or no thread
     *     was free and no room left; and whatever the work throws
     */
    public <T> T run(Supplier<T> work) {
        if (isNone()) {
            return work.get();
        }
        if (left() == 0) {
            throw missed(null);
        }
        Future<T> answer;
        try {
            answer = elsewhere.get().submit(work::get);
        } catch (RejectedExecutionException e) {
            throw new ModelException(true, caller + " is saturated: no thread free and the queue is full", e);
        }
        return await(answer, () -> answer.cancel(true));
    }

    /** Waits for what another thread completes; the work is told if nobody waits any more. */
    <T> T await(Future<T> answer, Runnable abandoned) {
        try {
            return isNone() ? answer.get() : answer.get(left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandoned.run();
            throw missed(e);
        } catch (InterruptedException e) {
            abandoned.run();
            Thread.currentThread().interrupt();
            throw new ModelException(true, "waiting for an answer was interrupted", e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private static RuntimeException thrown(Throwable error) {
        if (error instanceof Error grave) {
            throw grave;
        }
        return error instanceof RuntimeException failure ? failure : new IllegalStateException(error);
    }

    private ModelException missed(TimeoutException cause) {
        return new ModelException(true, caller + " must answer within " + millis + " ms", cause);
    }
}
