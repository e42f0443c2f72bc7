package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Serves the model, which from now on is this object's to close. */
    public ServedModel(LoadedModel first) {
        current = new AtomicReference<>(new Holder(first));
    }

    /**
     * What was answered, and by which model.
     *
     * @param version key of the version that answered
     * @param sha256 its file's digest; {@code null} for an object
     * @param outcomes one per row, in order
     */
    public record Answer(String version, String sha256, List<Outcome> outcomes) {}

    /**
     * Asks the model in use.
     *
     * @throws io.github.camelaiflow.data.DataException if the input as a whole is wrong
     * @throws ModelException if the model could not answer, or this has been closed (then retryable: a flow that is
     *     restarting answers again)
     */
    public Answer predict(ModelInput input) {
        Holder holder = lease();
        try {
            LoadedModel loaded = holder.loaded;
            return new Answer(loaded.version(), loaded.sha256(), loaded.model().predict(input));
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
        Holder holder = current.get();
        if (holder == null) {
            throw closed();
        }
        return holder.loaded;
    }

    /**
     * Answers with {@code next} from now on and closes the model it replaces once its running calls have ended. Doesn't
     * wait for them.
     *
     * @throws IllegalStateException if this has been closed; then {@code next} is closed too
     */
    public void swap(LoadedModel next) {
        Holder fresh = new Holder(next);
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

    private static ModelException closed() {
        return new ModelException(true, "a model can only be asked while its flow runs, the flow has been stopped");
    }

    /** A model and its leases: one of the slot as long as it is in use, and one per running call. */
    private static final class Holder {

        private final LoadedModel loaded;
        private final AtomicInteger leases = new AtomicInteger(1);

        Holder(LoadedModel loaded) {
            this.loaded = Objects.requireNonNull(loaded, "model");
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
