package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The model in use for one version slot of a flow. Every call takes a lease on the model it is answered by; a swap
 * switches at once, and the model that was replaced is closed when its last lease ends, by the thread that ends it. So
 * no call fails or waits because of a swap, and no model is closed under a running call. Thread-safe.
 */
public final class ServedModel implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ServedModel.class.getName());

    /** {@code null} once closed. */
    private final AtomicReference<Holder> current;

    private final AtomicLong taken = new AtomicLong();
    private final AnswerCache cache;
    private final Batcher batcher;

    /** Serves the model, which from now on is this object's to close. */
    public ServedModel(LoadedModel first) {
        this(first, Serving.PLAIN);
    }

    /** As {@link #ServedModel(LoadedModel)}, with what stands between callers and model. */
    public ServedModel(LoadedModel first, Serving serving) {
        current = new AtomicReference<>(new Holder(first, 0));
        cache = serving.newCache();
        batcher = serving.newBatcher(this::ask);
    }

    /**
     * What was answered, and by which model.
     *
     * @param version key of the version that answered
     * @param sha256 its file's digest; {@code null} for an object
     * @param outcomes one per row, in order
     */
    public record Answer(String version, String sha256, List<Outcome> outcomes) {

        private Answer checked(ModelInput input) {
            if (input instanceof ModelInput.Rows rows && rows.rows().size() != outcomes.size()) {
                throw new ModelException(
                        false,
                        "model " + version + " must answer each record once, answered "
                                + rows.rows().size() + " records with " + outcomes.size());
            }
            return this;
        }
    }

    /**
     * Asks the model in use, as long as it takes. As {@link #predict(ModelInput, Deadline)}.
     */
    public Answer predict(ModelInput input) {
        return predict(input, Deadline.NONE);
    }

    /**
     * Asks the model in use; a remembered answer is marked {@code CACHE}. Without a row the model isn't asked.
     *
     * @param deadline until when the caller waits; a model that answers at once does so later too
     * @throws io.github.camelaiflow.data.DataException if the input as a whole is wrong
     * @throws ModelException if the model could not answer, or this has been closed (then retryable: a flow that is
     *     restarting answers again)
     */
    public Answer predict(ModelInput input, Deadline deadline) {
        if (!(input instanceof ModelInput.Rows rows)) {
            return askInTime(input, deadline);
        }
        if (rows.rows().isEmpty()) {
            return held().answer(List.of());
        }
        return cache == null ? askInTime(input, deadline) : remembered(rows, deadline);
    }

    /** Whether answers are remembered. */
    public boolean caches() {
        return cache != null;
    }

    /** Whether the record would be answered from memory now. */
    public boolean remembers(Map<String, Object> row) {
        Holder holder = current.get();
        return cache != null
                && holder != null
                && cache.lookup(holder.identity(), holder.features(), List.of(row))
                        .missing()
                        .isEmpty();
    }

    private Answer remembered(ModelInput.Rows rows, Deadline deadline) {
        Holder holder = held();
        AnswerCache.Lookup found = cache.lookup(holder.identity(), holder.features(), rows.rows());
        if (found.missing().isEmpty()) {
            return holder.answer(found.outcomes(List.of()));
        }
        Answer answer = askInTime(new ModelInput.Rows(found.missing()), deadline);
        if (current.get() == holder) {
            return holder.answer(found.keep(answer.outcomes()));
        }
        // swapped meanwhile: one answer comes from one version, and nobody knows which gave this one
        return found.missing().size() == rows.rows().size() ? answer : askInTime(rows, deadline);
    }

    private Answer askInTime(ModelInput input, Deadline deadline) {
        Model model = held().loaded.model();
        if (model.effort() == Model.Effort.AT_ONCE) {
            return ask(input);
        }
        Object kind = batcher != null && model.effort() == Model.Effort.PER_CALL
                ? SingleRows.kind(input, model.signature())
                : null;
        return kind == null ? deadline.run(() -> ask(input)) : batcher.ask(input, kind, deadline);
    }

    private Answer ask(ModelInput input) {
        Holder holder = lease();
        try {
            return holder.answer(holder.loaded.model().predict(input)).checked(input);
        } finally {
            holder.release();
        }
    }

    /**
     * Version, digest, format and signature of the model in use; the model itself may be closed at any time.
     *
     * @throws ModelException (retryable) if this has been closed
     */
    public LoadedModel inUse() {
        return held().loaded;
    }

    private Holder held() {
        Holder holder = current.get();
        if (holder == null) {
            throw closed();
        }
        return holder;
    }

    /**
     * Answers with {@code next} from now on and closes the model it replaces once its running calls have ended. Doesn't
     * wait for them.
     *
     * @throws IllegalStateException if this has been closed; then {@code next} is closed too
     */
    public void swap(LoadedModel next) {
        Holder fresh = new Holder(next, taken.incrementAndGet());
        Holder old = current.getAndUpdate(holder -> holder == null ? null : fresh);
        if (old == null) {
            fresh.release();
            throw new IllegalStateException("a closed slot takes no model, was given " + next.version());
        }
        old.release();
    }

    /** Takes no more calls, and closes the model once its running calls have ended. Idempotent; doesn't wait. */
    @Override
    public void close() {
        Holder old = current.getAndSet(null);
        if (old != null) {
            old.release();
        }
        if (batcher != null) {
            batcher.close();
        }
    }

    private Holder lease() {
        while (true) {
            Holder holder = current.get();
            if (holder == null) {
                throw closed();
            }
            if (holder.acquire()) {
                return holder;
            }
            // swapped and drained between the two lines above: another model is in use by now
        }
    }

    static ModelException closed() {
        return new ModelException(true, "a model can only be asked while its flow runs, the flow has been stopped");
    }

    /** A model and its leases: one of the slot as long as it is in use, and one per running call. */
    private static final class Holder {

        private final LoadedModel loaded;
        private final long number;
        private final AtomicInteger leases = new AtomicInteger(1);

        Holder(LoadedModel loaded, long number) {
            this.loaded = Objects.requireNonNull(loaded, "model");
            this.number = number;
        }

        /** What the slot's answers to equal records go by; an object without digest is like no other. */
        String identity() {
            return loaded.version() + ' ' + (loaded.sha256() == null ? number : loaded.sha256());
        }

        List<String> features() {
            return loaded.model().signature().features();
        }

        Answer answer(List<Outcome> outcomes) {
            return new Answer(loaded.version(), loaded.sha256(), outcomes);
        }

        boolean acquire() {
            return leases.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
        }

        void release() {
            if (leases.decrementAndGet() == 0) {
                try {
                    loaded.model().close();
                } catch (RuntimeException e) {
                    // the call that ended last has its answer: a failure to free the old model isn't its failure
                    LOG.log(Level.WARNING, "model version " + loaded.version() + " could not be closed", e);
                }
            }
        }
    }
}
