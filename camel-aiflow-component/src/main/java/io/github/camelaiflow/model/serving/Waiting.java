package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.ModelInput;
import java.util.concurrent.CompletableFuture;

/** One caller's row on its way to an answer. Answered once: what comes later goes nowhere. */
final class Waiting {

    private final ModelInput input;
    private final Object kind;
    private final Deadline deadline;
    private final long leaveBy;
    private final CompletableFuture<ServedModel.Answer> answer = new CompletableFuture<>();
    private volatile BatchCall call;

    /**
     * A row that begins to wait now.
     *
     * @param kind rows of an equal one can share a call
     * @param delay how long it waits for others, in nanoseconds; half of the caller's time at most, so that some is left
     */
    Waiting(ModelInput input, Object kind, Deadline deadline, long delay) {
        this.input = input;
        this.kind = kind;
        this.deadline = deadline;
        this.leaveBy = System.nanoTime() + Math.min(delay, deadline.left() / 2);
    }

    ModelInput input() {
        return input;
    }

    Object kind() {
        return kind;
    }

    /** By {@link System#nanoTime()}. */
    long leaveBy() {
        return leaveBy;
    }

    /** Whether nobody waits for it any more. */
    boolean gone() {
        return answer.isDone() || deadline.left() == 0;
    }

    void startedIn(BatchCall started) {
        call = started;
    }

    void answered(ServedModel.Answer its) {
        answer.complete(its);
    }

    void failed(Throwable error) {
        answer.completeExceptionally(error);
    }

    /** Waits on the caller's thread. */
    ServedModel.Answer await(Runnable leave) {
        return deadline.await(answer, () -> {
            answer.cancel(false);
            leave.run();
            BatchCall started = call;
            if (started != null) {
                started.abandoned();
            }
        });
    }
}
