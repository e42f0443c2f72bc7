package io.github.camelaiflow.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps all in memory, for one process. Bounded: a log keeps its newest entries, and a document or log beyond the limit is refused
 * with a {@link StoreException}.
 */
public final class MemoryStore implements Store {

    private static final MemoryRoom.Bounds ROWS = new MemoryRoom.Bounds(100_000, 64L << 20);

    private final InstantSource clock;
    private final Bounds bounds;
    private final NavigableMap<Name, Document> documents = new TreeMap<>();
    private final Map<Name, MemoryLog> logs = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, MemoryJoins> joins = new HashMap<>();
    private final Map<String, MemorySpace> spaces = new HashMap<>();
    private long characters;
    private boolean closed;

    /**
     * Up to 1,000 documents with 64 Mi characters in all, up to 1,000 logs with 1,000 entries or 4 Mi characters each, joins of
     * up to 1,000 spaces with a million halves of each side that wait, and of each of these spaces up to 100,000 decisions, dead letters,
     * messages to be sent and idempotency keys with 64 MiB each. Decisions and what follows are refused beyond that.
     *
     * @param clock gives the times of documents, and when halves come and are joined
     */
    public MemoryStore(InstantSource clock) {
        this(clock, 1_000_000);
    }

    /**
     * As {@link #MemoryStore(InstantSource)}, with another limit for joins. Of each space at most so many left halves wait, and as
     * many right ones; and what waits of each side, and what is joined, takes at most 200 bytes of the heap for each: so with larger
     * contents fewer wait. At the limit the oldest is dropped and told by the next {@link JoinTable#expire}; the oldest pair is
     * forgotten. If a tenth of the limit (at least 1,000) were dropped and nobody asked for them, halves are refused until somebody does.
     *
     * @param waiting at least 1
     */
    public MemoryStore(InstantSource clock, int waiting) {
        this(clock, new Bounds(1_000, 64L << 20, 1_000, 1_000, 4L << 20, MemoryJoins.Bounds.of(waiting), ROWS));
    }

    MemoryStore(InstantSource clock, Bounds bounds) {
        this.clock = clock;
        this.bounds = bounds;
    }

    /** What is kept at most; a log's newest entry is kept in any case. */
    record Bounds(
            int documents,
            long characters,
            int logs,
            int entriesPerLog,
            long charactersPerLog,
            MemoryJoins.Bounds joins,
            MemoryRoom.Bounds rows) {}

    /** A document's or log's. */
    private record Name(String space, String key) implements Comparable<Name> {

        @Override
        public int compareTo(Name other) {
            int bySpace = space.compareTo(other.space);
            return bySpace != 0 ? bySpace : key.compareTo(other.key);
        }
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public synchronized Optional<Document> get(String space, String key) {
        checkOpen();
        Limits.checkDocument(space, key);
        return Optional.ofNullable(documents.get(new Name(space, key)));
    }

    @Override
    public synchronized List<Document> list(String space, String prefix) {
        checkOpen();
        return documents.tailMap(new Name(space, prefix)).values().stream()
                .takeWhile(document ->
                        document.space().equals(space) && document.key().startsWith(prefix))
                .toList();
    }

    @Override
    public synchronized Optional<Document> replace(
            String space, String key, long revision, String content, List<Entry> entries, List<Outbox.Draft> messages) {
        checkOpen();
        Limits.checkDocument(space, key, content);
        Limits.checkEntries(entries);
        DeliveryLimits.checkDrafts(messages);
        Document old = documents.get(new Name(space, key));
        if (revision != (old == null ? 0 : old.revision())) {
            return doneBefore(old, revision, content, entries) ? Optional.of(old) : Optional.empty();
        }
        checkLogs(entries);
        if (!messages.isEmpty()) {
            space(space).outbox.checkRoom(messages);
        }
        Document document = put(space, key, content);
        entries.forEach(this::add);
        if (!messages.isEmpty()) {
            space(space).outbox.add(messages);
        }
        return Optional.of(document);
    }

    private boolean doneBefore(Document now, long revision, String content, List<Entry> entries) {
        return now != null
                && now.revision() == revision + 1
                && now.content().equals(content)
                && !entries.isEmpty()
                && entries.stream().allMatch(entry -> ids.contains(entry.id()));
    }

    @Override
    public synchronized Document write(String space, String key, String content) {
        checkOpen();
        Limits.checkDocument(space, key, content);
        return put(space, key, content);
    }

    private Document put(String space, String key, String content) {
        Name name = new Name(space, key);
        Document old = documents.get(name);
        if (old == null && documents.size() >= bounds.documents()) {
            throw StoreException.refused("The store in memory holds at most " + bounds.documents()
                    + " documents; configure a database as store to keep more");
        }
        long sum =
                characters + content.length() - (old == null ? 0 : old.content().length());
        if (sum > bounds.characters()) {
            throw StoreException.refused("The store in memory holds at most " + bounds.characters()
                    + " characters of documents; configure a database as store to keep more");
        }
        Document document =
                new Document(space, key, old == null ? 1 : old.revision() + 1, content, Limits.kept(clock.instant()));
        documents.put(name, document);
        characters = sum;
        return document;
    }

    @Override
    public synchronized void append(List<Entry> entries) {
        checkOpen();
        Limits.checkEntries(entries);
        checkLogs(entries);
        entries.forEach(this::add);
    }

    private void checkLogs(List<Entry> entries) {
        long added = entries.stream()
                .map(entry -> new Name(entry.space(), entry.key()))
                .filter(name -> !logs.containsKey(name))
                .distinct()
                .count();
        if (logs.size() + added > bounds.logs()) {
            throw StoreException.refused("The store in memory holds at most " + bounds.logs()
                    + " logs; configure a database as store to keep more");
        }
    }

    private void add(Entry entry) {
        if (ids.add(entry.id())) {
            Entry kept = new Entry(entry.id(), entry.space(), entry.key(), Limits.kept(entry.time()), entry.content());
            MemoryLog log = logs.computeIfAbsent(new Name(entry.space(), entry.key()), name -> new MemoryLog());
            forget(log.add(kept, bounds.entriesPerLog(), bounds.charactersPerLog()));
        }
    }

    @Override
    public synchronized List<Entry> log(String space, String key, int limit) {
        checkOpen();
        Limits.checkDocument(space, key);
        Limits.checkLimit(limit);
        MemoryLog log = logs.get(new Name(space, key));
        return log == null ? List.of() : log.newest(limit);
    }

    @Override
    public synchronized int prune(String space, Instant before) {
        checkOpen();
        List<Document> old = documents.values().stream()
                .filter(document ->
                        document.space().equals(space) && document.time().isBefore(before))
                .toList();
        for (Document document : old) {
            documents.remove(new Name(space, document.key()));
            characters -= document.content().length();
        }
        List<Entry> entries = new ArrayList<>();
        logs.forEach((name, log) -> {
            if (name.space().equals(space)) {
                entries.addAll(log.removeBefore(before));
            }
        });
        logs.values().removeIf(MemoryLog::isEmpty);
        forget(entries);
        return old.size() + entries.size();
    }

    private void forget(Collection<Entry> entries) {
        entries.forEach(entry -> ids.remove(entry.id()));
    }

    @Override
    public synchronized JoinTable joins(String space) {
        checkOpen();
        Limits.checkJoins(space);
        if (!joins.containsKey(space) && joins.size() >= bounds.logs()) {
            throw StoreException.refused("The store in memory holds joins of at most " + bounds.logs()
                    + " spaces; configure a database as store to keep more");
        }
        return joins.computeIfAbsent(space, name -> new MemoryJoins(clock, bounds.joins()));
    }

    @Override
    public Deliveries deliveries(String space) {
        return space(space).deliveries;
    }

    @Override
    public DeadLetters deadLetters(String space) {
        return space(space).letters;
    }

    @Override
    public Outbox outbox(String space) {
        return space(space).outbox;
    }

    @Override
    public IdempotencyKeys keys(String space) {
        return space(space).keys;
    }

    private synchronized MemorySpace space(String name) {
        checkOpen();
        Limits.checkName("The space of messages", name);
        if (!spaces.containsKey(name) && spaces.size() >= bounds.logs()) {
            throw StoreException.refused("The store in memory holds messages of at most " + bounds.logs()
                    + " spaces; configure a database as store to keep more");
        }
        return spaces.computeIfAbsent(name, key -> new MemorySpace(this::locked, clock, bounds.rows()));
    }

    private synchronized <T> T locked(Supplier<T> work) {
        checkOpen();
        return work.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        spaces.clear();
        joins.values().forEach(MemoryJoins::close);
        joins.clear();
        documents.clear();
        logs.clear();
        ids.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw StoreException.refused("The store is closed");
        }
    }

    @Override
    public String toString() {
        return "MemoryStore";
    }
}
