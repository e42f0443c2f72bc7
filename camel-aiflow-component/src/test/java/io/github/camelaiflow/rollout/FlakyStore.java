package io.github.camelaiflow.rollout;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.IdempotencyKeys;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A node's way to a store: it can be away, or break after what was asked has been done; and others can be let in before each call. */
final class FlakyStore implements Store {

    private final Store store;
    boolean away;
    BooleanSupplier breaksAfter = () -> false;
    Runnable before = () -> {};
    int calls;

    FlakyStore(Store store) {
        this.store = store;
    }

    private <T> T call(java.util.function.Supplier<T> what) {
        calls++;
        before.run();
        if (away) {
            throw new StoreException("away", null);
        }
        T result = what.get();
        if (breaksAfter.getAsBoolean()) {
            throw new StoreException("broke after it was done", null);
        }
        return result;
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Optional<Document> get(String space, String key) {
        return call(() -> store.get(space, key));
    }

    @Override
    public List<Document> list(String space, String prefix) {
        return call(() -> store.list(space, prefix));
    }

    @Override
    public Optional<Document> replace(
            String space, String key, long revision, String content, List<Entry> entries, List<Outbox.Draft> messages) {
        return call(() -> store.replace(space, key, revision, content, entries, messages));
    }

    @Override
    public Document write(String space, String key, String content) {
        return call(() -> store.write(space, key, content));
    }

    @Override
    public void append(List<Entry> entries) {
        call(() -> {
            store.append(entries);
            return null;
        });
    }

    @Override
    public List<Entry> log(String space, String key, int limit) {
        return call(() -> store.log(space, key, limit));
    }

    @Override
    public int prune(String space, Instant before) {
        return call(() -> store.prune(space, before));
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
    public void close() {
        store.close();
    }
}
