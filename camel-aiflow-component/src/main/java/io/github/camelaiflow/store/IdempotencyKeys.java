package io.github.camelaiflow.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Requests that may come more than once, and what was answered. Work is done by who claimed its key, and its result is kept with the key,
 * so that the request is answered the same when it comes again. Thread-safe. Methods throw a {@link StoreException} as those of
 * {@link Store}; then nothing of the call was done, or all of it, and trying again does no harm.
 *
 * <p>Times are those of the clock of the node that claims: the clocks of nodes must agree far better than claims are held.
 */
public interface IdempotencyKeys {

    /**
     * Claims a key, for exactly one of any number of callers on any number of nodes.
     *
     * @param id the request's
     * @param digest of the request, which tells it from others; any text, 1 to 255 characters
     * @param owner unique for each request that is worked on, the same for every try of its claim
     * @param hold how long nobody else may claim it unless it is released; longer than the work ever takes
     */
    Claim claim(String id, String digest, String owner, Duration hold);

    /**
     * Keeps the result of the work with its key.
     *
     * @param result text, up to 1 MiB
     * @return whether it is kept, now or by an earlier try; {@code false} if the owner holds no claim (any more): then the work must be
     *     undone or was somebody else's
     */
    boolean keep(String id, String owner, String result);

    /**
     * Gives a claim back, since the work failed: anybody may claim the key again.
     *
     * @return whether the owner held it
     */
    boolean release(String id, String owner);

    /**
     * Forgets keys that were claimed before, with their results; not those that are held.
     *
     * @return how many
     */
    int prune(Instant before);

    /**
     * What became of a claim.
     *
     * @param result what was kept, if DONE; else {@code null}
     */
    record Claim(Verdict verdict, String result) {

        @Override
        public String toString() {
            return "Claim[" + verdict + "]";
        }
    }

    /** What may become of a claim. */
    enum Verdict {
        /** The caller is to do the work. */
        CLAIMED,
        /** It was done before; the result says how. */
        DONE,
        /** Somebody else is at it. */
        HELD,
        /** The same id was used for a request of another digest. */
        CONFLICT
    }
}
