package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.ModelInput;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What stands between callers and a model.
 *
 * @param batching how rows of many callers are gathered
 * @param threads makes the threads on which batches are asked; unused with {@link Batching#OFF}
 * @param cache which answers are remembered; {@code null} for none
 * @param nanoTime what ages go by, as {@link System#nanoTime()}
 */
public record Serving(Batching batching, ThreadFactory threads, Kept cache, LongSupplier nanoTime) {

    /** Nothing stands between. */
    public static final Serving PLAIN = new Serving(Batching.OFF, null, null, System::nanoTime);

    /**
     * Answers that are kept.
     *
     * @param size how many at most; more drop those least worth keeping
     * @param maxAge how long each is good
     */
    public record Kept(long size, Duration maxAge) {

        /** @throws IllegalArgumentException if size or age is not positive */
        public Kept {
            if (size < 1 || maxAge.isNegative() || maxAge.isZero()) {
                throw new IllegalArgumentException("size and maxAge must be above 0, were " + size + " and " + maxAge);
            }
        }
    }

    AnswerCache newCache() {
        return cache == null ? null : new AnswerCache(cache, nanoTime);
    }

    Batcher newBatcher(Function<ModelInput, ServedModel.Answer> model) {
        return batching.size() == 1 ? null : new Batcher(batching, threads, model);
    }
}
