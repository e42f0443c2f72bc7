package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileCollector;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.statistics.Hash64;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A profile that the nodes of a flow learn together: each node writes what it has seen into documents of its own in the store, and
 * whoever reads merges all nodes'. A node that comes back under its name goes on where it {@linkplain #save saved}; one that comes back
 * under another name leaves what it wrote, which goes on counting. Thread-safe; records wait for a save only while the picture to be
 * saved is taken.
 */
public final class LearnedProfile {

    private final ProfileDocuments documents;
    private final Schema schema;
    private final ProfileOptions options;
    private final InstantSource clock;
    private final String writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock saving = new ReentrantLock();

    private ProfileCollector collector;
    private long pictures;
    private String node;
    /** What the store has of this node. */
    private Profile kept;

    private ProfileDocuments.Head head;
    /** What it lacks, but for what is in the collector. */
    private Profile pending;
    /** What may or may not be in the store, since its answer was lost. */
    private Profile attempted;
    /** What was collected since then. */
    private Profile later;

    /**
     * Goes on with what this node saved before.
     *
     * @param store where the nodes meet
     * @param flow name of the flow
     * @param node name of this node; each process has its own
     * @param writer an id no other process has had, this node's earlier ones neither
     * @param schema what is known of the records
     * @param options what is kept; the same on all nodes but for the seed, which is mixed with the names of node and writer
     * @param clock tells when a profile was saved
     * @throws StoreException if the store cannot be read
     * @throws ReferenceException if what this node saved is no profile, or one of other fields or segments: then
     *     {@linkplain #forget forget} it first
     */
    public LearnedProfile(
            Store store,
            String flow,
            String node,
            String writer,
            Schema schema,
            ProfileOptions options,
            InstantSource clock) {
        this.documents = new ProfileDocuments(store, flow);
        this.schema = Objects.requireNonNull(schema, "schema");
        this.options = Objects.requireNonNull(options, "options");
        this.node = Objects.requireNonNull(node, "node");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.collector = collector();
        this.head = documents.head(node);
        this.kept = documents.profile(node, head);
        if (kept != null) {
            // Whether they fit shows now, not with the first save.
            kept.merge(collector.profile(null));
        }
    }

    /** One for the records until the next picture, with random numbers of its own. */
    private ProfileCollector collector() {
        long seed = new Hash64(options.seed()).of(List.of(documents.flow(), node, writer, pictures++));
        return new ProfileCollector(schema, options.withSeed(seed));
    }

    /** Takes records in order. Never throws for what a record holds. */
    public void observe(List<Map<String, Object>> rows) {
        lock.lock();
        try {
            collector.addAll(rows);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a record and what the model answered.
     *
     * @param label {@code null} if there is none
     * @param score {@code null} if there is none
     */
    public void observe(Map<String, Object> row, String label, Double score) {
        lock.lock();
        try {
            collector.add(row, label, score);
        } finally {
            lock.unlock();
        }
    }

    /** What this node has seen, in earlier processes too. */
    public Profile profile() {
        saving.lock();
        try {
            take();
            return merged(merged(kept, pending), later);
        } finally {
            saving.unlock();
        }
    }

    /** One of two that may be {@code null}, or both. */
    private static Profile merged(Profile one, Profile other) {
        return one == null || other == null ? one == null ? other : one : one.merge(other);
    }

    /** Moves what was collected to what is pending, or will be once it is known what became of the last writing. */
    private void take() {
        ProfileCollector full;
        lock.lock();
        try {
            full = collector;
            collector = collector();
        } finally {
            lock.unlock();
        }
        Profile picture = full.profile(clock.instant());
        if (attempted == null) {
            pending = merged(pending, picture);
        } else {
            later = merged(later, picture);
        }
    }

    /**
     * Writes what this node has seen, if there is anything new. To be called from time to time and at the end: what was not saved is
     * lost with the process. Another process that writes under the same node's name is noticed; then this one goes on under a name of
     * its own, and nothing counts twice.
     *
     * @throws StoreException if the store cannot be reached; trying again later does no harm
     */
    public void save() {
        saving.lock();
        try {
            settle();
            take();
            if (pending.records() == 0) {
                return;
            }
            if (!written()) {
                node = node + "~" + writer;
                kept = null;
                head = documents.head(node);
                if (!written()) {
                    throw new IllegalStateException("two processes must not write profiles under one id");
                }
            }
        } finally {
            saving.unlock();
        }
    }

    /** Whether it could be written; not if somebody else has written under this node's name since. */
    private boolean written() {
        attempted = merged(kept, pending);
        Optional<ProfileDocuments.Head> next = documents.write(node, head, writer, attempted);
        if (next.isPresent()) {
            done(next.get());
        }
        attempted = null;
        return next.isPresent();
    }

    /** Finds out what became of a writing whose answer was lost. */
    private void settle() {
        if (attempted != null) {
            ProfileDocuments.Head now = documents.head(node);
            if (now.follows(head, writer)) {
                done(now);
            }
            attempted = null;
            pending = merged(pending, later);
            later = null;
        }
    }

    private void done(ProfileDocuments.Head now) {
        head = now;
        kept = attempted;
        pending = null;
    }

    /**
     * What all nodes have saved, merged; empty if none has saved anything.
     *
     * @throws StoreException if the store cannot be read
     * @throws ReferenceException if what a node saved is no profile, or the nodes' are of different fields or segments
     */
    public static Optional<Profile> read(Store store, String flow) {
        return new ProfileDocuments(store, flow).all().stream().reduce(Profile::merge);
    }

    /**
     * Lets go of what all nodes have saved, so that the flow can be learned anew. A process that is learning meanwhile goes on with
     * what it has not saved yet.
     *
     * @throws StoreException if the store cannot be written
     */
    public static void forget(Store store, String flow) {
        new ProfileDocuments(store, flow).clear();
    }
}
