package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps documents, logs, joins and what becomes of messages, shared by all nodes that use the same store. Thread-safe. Spaces, keys and ids have 1 to 255
 * characters; times are kept to the microsecond. Every method but {@link #durable()} and {@link #close()} throws a
 * {@link StoreException} if the store cannot be reached or what is asked breaks a limit; none waits for an unreachable store for
 * longer than a few seconds.
 */
public interface Store extends AutoCloseable {

    /** Whether what is written outlives the process. */
    boolean durable();

    /**
     * Opens the store now rather than with its first use, so that a start-up learns whether it can be reached
     * ({@link StoreException#unreachable()}) and is configured well. Does nothing if it is open.
     */
    default void open() {}

    /** The document as it is; empty if there is none. */
    Optional<Document> get(String space, String key);

    /** The documents of a space whose key begins with the prefix, by key. */
    List<Document> list(String space, String prefix);

    /**
     * Writes a document, and entries of logs with it, if nobody else has written it since it was read: all of it or nothing. An
     * entry whose id is there already is not written twice. Trying again what was done before is answered as the first time, as long
     * as entries are written with it and nobody has written since: so an answer that was lost does no harm.
     *
     * @param revision the revision that was read; 0 if there was no document
     * @return the document as it is now; empty if it has another revision, and then nothing is written
     */
    default Optional<Document> replace(String space, String key, long revision, String content, List<Entry> entries) {
        return replace(space, key, revision, content, entries, List.of());
    }

    /**
     * As {@link #replace(String, String, long, String, List)}, and messages for the outbox of the same space are part of it. For
     * trying again there must be an entry.
     */
    Optional<Document> replace(
            String space, String key, long revision, String content, List<Entry> entries, List<Outbox.Draft> messages);

    /** Writes a document whatever was there: for documents that have one writer. */
    Document write(String space, String key, String content);

    /** Writes entries of logs; one whose id is there already is not written twice. */
    void append(List<Entry> entries);

    /** The newest entries of a log, the last written first, whatever their times. */
    List<Entry> log(String space, String key, int limit);

    /**
     * Deletes entries of the space's logs that are older, and its documents that were last written before.
     *
     * @return how many of both
     */
    int prune(String space, Instant before);

    /** The halves and pairs of a space, apart from those of other spaces; as often as it is asked, the same ones. Reaches nothing yet. */
    JoinTable joins(String space);

    /** How far topics were read for a space, and what was decided; as {@link #joins}. */
    Deliveries deliveries(String space);

    /** The dead letters of a space, those of its {@link #deliveries} among them; as {@link #joins}. */
    DeadLetters deadLetters(String space);

    /** The messages of a space that are to be sent; as {@link #joins}. */
    Outbox outbox(String space);

    /** The idempotency keys of a space; as {@link #joins}. */
    IdempotencyKeys keys(String space);

    @Override
    void close();

    /**
     * A document.
     *
     * @param revision 1 at first, one more with each writing
     * @param content text, up to 1 MiB
     * @param time when it was last written, by the clock of the node that wrote it
     */
    record Document(String space, String key, long revision, String content, Instant time) {}

    /**
     * An entry of a log.
     *
     * @param id unique among all entries, so that a writing can be tried again
     * @param time when what it tells of happened
     * @param content text, up to 1 MiB
     */
    record Entry(String id, String space, String key, Instant time, String content) {}
}
