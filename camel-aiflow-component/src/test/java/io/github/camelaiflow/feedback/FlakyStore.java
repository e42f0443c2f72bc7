package io.github.camelaiflow.feedback;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.IdempotencyKeys;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A node's way to a store: it can be away, or break before or after what was asked has been done. It keeps what was really taken
 * and given up. */
final class FlakyStore implements Store {

    private final Store store;
    final List<JoinTable.Expired> expired = new ArrayList<>();
    final Set<String> taken = new HashSet<>();
    volatile boolean away;
    boolean unbroken = true;
    BooleanSupplier breaksBefore = () -> false;
    BooleanSupplier breaksAfter = () -> false;
    Predicate<JoinTable.Left> refused = left -> false;

    FlakyStore(Store store) {
        this.store = store;
    }

    private <T> T call(Supplier<T> what) {
        if (away || breaksBefore.getAsBoolean()) {
            throw new StoreException("away", null);
        }
        T result = what.get();
        if (breaksAfter.getAsBoolean()) {
            unbroken = false;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> log(String space, String key, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int prune(String space, Instant before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JoinTable joins(String space) {
        return new FlakyJoins(store.joins(space));
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

    private final class FlakyJoins implements JoinTable {

        private final JoinTable table;

        FlakyJoins(JoinTable table) {
            this.table = table;
        }

        @Override
        public List<Joined> left(List<Left> halves) {
            if (halves.stream().anyMatch(refused)) {
                throw new StoreException(false, "refused", null);
            }
            return call(() -> {
                halves.forEach(left -> taken.add(left.id()));
                return table.left(halves);
            });
        }

        @Override
        public List<Outcome> right(List<Right> halves) {
            return call(() -> table.right(halves));
        }

        @Override
        public List<Joined> joined(long after, int limit) {
            return call(() -> table.joined(after, limit));
        }

        @Override
        public List<Expired> expire(Instant before, int limit) {
            return call(() -> {
                List<Expired> dropped = table.expire(before, limit);
                expired.addAll(dropped);
                return dropped;
            });
        }

        @Override
        public int prune(Instant before) {
            return call(() -> table.prune(before));
        }

        @Override
        public Waiting waiting() {
            return call(table::waiting);
        }
    }
}
