package io.github.camelaiflow.delivery.outbox;

import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Held by one node at a time: a document of the store that its holder writes again and again. Who sees it unchanged for so long, by its own
 * monotonic clock, takes it; so the nodes' times of day don't matter. Used by one thread.
 */
final class Lease {

    private static final String NOBODY = "";

    private final Store store;
    private final String space;
    private final String key;
    private final String owner;
    private final long hold;
    private long revision;
    private boolean held;
    private long seenSince;
    private boolean seen;
    private long taken;

    /** @param owner unique for each run of a node */
    Lease(Store store, String space, String key, String owner, Duration hold) {
        this.store = store;
        this.space = space;
        this.key = key;
        this.owner = owner;
        this.hold = hold.toNanos();
    }

    boolean held() {
        return held;
    }

    /**
     * As {@link #take}, but writes only if it hasn't for a quarter of the time: enough to keep it, not to begin something that takes long.
     *
     * @return whether nobody else takes it for three quarters of the time it is held, at least
     */
    boolean keep(long now) {
        return held && now - taken < hold / 4 || take(now);
    }

    /**
     * Takes the lease if it is free, or holds it longer.
     *
     * @return whether nobody else takes it for the time it is held, from before the call
     */
    boolean take(long now) {
        if (held && write(owner)) {
            taken = now;
            return true;
        }
        held = false;
        Optional<Document> document = store.get(space, key);
        long current = document.map(Document::revision).orElse(0L);
        String content = document.map(Document::content).orElse(NOBODY);
        if (!seen || current != revision) {
            revision = current;
            seenSince = now;
            seen = true;
        }
        // Our own if an answer was lost
        if (content.equals(NOBODY) || content.equals(owner) || now - seenSince >= hold) {
            held = write(owner);
            taken = now;
        }
        return held;
    }

    private boolean write(String content) {
        Optional<Document> written = store.replace(space, key, revision, content, List.of());
        written.ifPresent(document -> revision = document.revision());
        return written.isPresent();
    }

    /** Gives it to whoever wants it. */
    void release() {
        if (held) {
            held = false;
            write(NOBODY);
        }
    }
}
