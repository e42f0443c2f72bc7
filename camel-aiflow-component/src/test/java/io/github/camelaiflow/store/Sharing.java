package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node's way to a store that lives in one process: closing it leaves the store open. */
final class Sharing implements Store {

    private final Store store;

    Sharing(Store store) {
        this.store = store;
    }

    @Override
    public boolean durable() {
        return store.durable();
    }

    @Override
    public Optional<Document> get(String space, String key) {
        return store.get(space, key);
    }

    @Override
    public List<Document> list(String space, String prefix) {
        return store.list(space, prefix);
    }

    @Override
    public Optional<Document> replace(
            String space, String key, long revision, String content, List<Entry> entries, List<Outbox.Draft> messages) {
        return store.replace(space, key, revision, content, entries, messages);
    }

    @Override
    public Document write(String space, String key, String content) {
        return store.write(space, key, content);
    }

    @Override
    public void append(List<Entry> entries) {
        store.append(entries);
    }

    @Override
    public List<Entry> log(String space, String key, int limit) {
        return store.log(space, key, limit);
    }

    @Override
    public int prune(String space, Instant before) {
        return store.prune(space, before);
    }

    @Override
    public JoinTable joins(String space) {
        return store.joins(space);
    }

    @Override
    public Deliveries deliveries(String space) {
        return store.deliveries(space);
    }

    @Override
    public DeadLetters deadLetters(String space) {
        return store.deadLetters(space);
    }

    @Override
    public Outbox outbox(String space) {
        return store.outbox(space);
    }

    @Override
    public IdempotencyKeys keys(String space) {
        return store.keys(space);
    }

    @Override
    public void close() {}
}
