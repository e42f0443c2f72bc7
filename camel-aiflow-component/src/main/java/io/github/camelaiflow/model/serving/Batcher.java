package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Gathers single rows of many callers into calls on threads of its own. Each caller waits on its own thread, by its own deadline,
 * and gets its own answer. Threads start as they are needed and end with {@link #close()}. Thread-safe.
 */
final class Batcher implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Batcher.class.getName());

    private final Batching how;
    private final Function<ModelInput, ServedModel.Answer> model;
    private final ThreadFactory threads;
    private final BatchQueue queue;
    private final AtomicInteger workers = new AtomicInteger();

    /** @param model answers all rows of an input in one call */
    Batcher(Batching how, ThreadFactory threads, Function<ModelInput, ServedModel.Answer> model) {
        this.how = how;
        this.threads = threads;
        this.model = model;
        this.queue = new BatchQueue(how);
    }

    /**
     * Asks with others.
     *
     * @param kind as {@link SingleRows#kind} has it
     * @throws ModelException (retryable) at once if too many wait already or this has been closed, and at the deadline
     */
    ServedModel.Answer ask(ModelInput input, Object kind, Deadline deadline) {
        Waiting row = new Waiting(input, kind, deadline, how.delay().toNanos());
        switch (queue.offer(row)) {
            case CLOSED -> throw ServedModel.closed();
            case FULL ->
                throw new ModelException(
                        true,
                        "the model is saturated: " + how.queued() + " records wait for it already, and no more may");
            case TAKEN_NO_WORKER -> startWorkerFor(row);
            case TAKEN -> {}
        }
        return row.await(() -> queue.remove(row));
    }

    private void startWorkerFor(Waiting row) {
        try {
            startWorker();
        } catch (RuntimeException | Error e) {
            queue.remove(row);
            throw e;
        }
    }

    private void startWorker() {
        if (workers.getAndUpdate(count -> Math.min(how.inFlight(), count + 1)) < how.inFlight()) {
            try {
                threads.newThread(this::work).start();
            } catch (RuntimeException | Error e) {
                workers.decrementAndGet();
                throw e;
            }
        }
    }

    /** A worker with a batch must not end because there is no thread for another. */
    private void startAnother() {
        try {
            startWorker();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "no thread could be started for another batch, which waits for this one", e);
        }
    }

    private void work() {
        while (true) {
            try {
                List<Waiting> batch = queue.take();
                if (batch == null) {
                    return;
                }
                if (queue.unattended()) {
                    startAnother();
                }
                new BatchCall(batch, model).run();
            } catch (InterruptedException e) {
                // meant for a call that has ended meanwhile: only close() ends a worker
                Thread.interrupted();
            }
        }
    }

    /** Takes no more rows; those that wait get a failure that may pass. Running calls end as they would. Idempotent. */
    @Override
    public void close() {
        queue.close().forEach(row -> row.failed(ServedModel.closed()));
    }
}
