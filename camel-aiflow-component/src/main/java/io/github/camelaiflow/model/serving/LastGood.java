package io.github.camelaiflow.model.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A stand-in that answers with the last good answer that was given for a record's key, marked {@code LAST_GOOD}. Calls are
 * numbered as they start: what a call answers late never takes the place of what a later one answered. Bounded in number and age,
 * which counts from a call's start. Thread-safe.
 */
public final class LastGood implements Model {

    private final String place;
    private final String key;
    private final long maxAgeNanos;
    private final LongSupplier nanoTime;
    private final Cache<RecordDigest, Given> answers;
    private final AtomicLong calls = new AtomicLong();

    private record Given(long call, long time, Output output) {}

    /**
     * Knows no answer yet.
     *
     * @param place where it is defined, for messages
     * @param key the field that holds a record's key
     * @param kept how many keys are kept, and how long
     * @param nanoTime what ages go by
     */
    public LastGood(String place, String key, Serving.Kept kept, LongSupplier nanoTime) {
        this.place = place;
        this.key = key;
        this.nanoTime = nanoTime;
        this.maxAgeNanos = kept.maxAge().toNanos();
        this.answers = Caffeine.newBuilder()
                .maximumSize(kept.size())
                .expireAfterWrite(kept.maxAge())
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** A call to the flow's models begins. */
    public Call begin() {
        return new Call(calls.incrementAndGet(), nanoTime.getAsLong());
    }

    /** A call whose answers may be worth keeping. */
    public final class Call {

        private final long number;
        private final long time;

        private Call(long number, long time) {
            this.number = number;
            this.time = time;
        }

        /** Keeps the answers that the model itself gave, by key; not errors, and not what stood in. */
        public void keep(List<Map<String, Object>> rows, List<Outcome> outcomes) {
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i);
                RecordDigest digest =
                        outcome.output() == null || outcome.standIn() != null ? null : digest(rows.get(i));
                if (digest != null) {
                    Given given = new Given(number, time, SharedOutput.copy(outcome.output()));
                    answers.asMap().merge(digest, given, (old, late) -> old.call() > late.call() ? old : late);
                }
            }
        }
    }

    private RecordDigest digest(Map<String, Object> row) {
        Object value = row.get(key);
        return value == null ? null : RecordDigest.of(value);
    }

    @Override
    public Signature signature() {
        return new Signature(List.of(), List.of(), List.of());
    }

    @Override
    public Effort effort() {
        return Effort.AT_ONCE;
    }

    /**
     * The last good answers.
     *
     * @throws ModelException (not retryable) if there is none for one of the records, or the input has no records
     */
    @Override
    public List<Outcome> predict(ModelInput input) {
        if (!(input instanceof ModelInput.Rows rows)) {
            throw new ModelException(false, place + " answers records with a key, not tensors");
        }
        List<Outcome> outcomes = new ArrayList<>(rows.rows().size());
        for (Map<String, Object> row : rows.rows()) {
            RecordDigest digest = digest(row);
            Given given = digest == null ? null : answers.getIfPresent(digest);
            if (given == null || nanoTime.getAsLong() - given.time() >= maxAgeNanos) {
                throw new ModelException(
                        false,
                        place + " must know an answer for the record's " + key + ", record " + outcomes.size()
                                + " has none");
            }
            outcomes.add(Outcome.of(SharedOutput.copy(given.output())).by(ServedBy.LAST_GOOD));
        }
        return outcomes;
    }

    /** Forgets nothing: a flow that is set up anew goes on with what it knows. */
    @Override
    public void close() {
        // holds no more than memory
    }
}
