package io.github.camelaiflow.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** An outbox in a database. Each call is one transaction; {@link #prune} is several. */
final class JdbcOutbox implements Outbox {

    private static final int AT_ONCE = 1_000;

    private final Transactions transactions;
    private final InstantSource clock;
    private final String space;

    JdbcOutbox(Transactions transactions, InstantSource clock, String space) {
        this.transactions = transactions;
        this.clock = clock;
        this.space = space;
    }

    private interface Work<T> {

        T with(OutboxTables tables) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return transactions.run(statements -> work.with(new OutboxTables(statements, space)));
    }

    private Instant now() {
        return Limits.kept(Limits.within(clock.instant()));
    }

    @Override
    public void put(List<Draft> messages) {
        DeliveryLimits.checkDrafts(messages);
        if (!messages.isEmpty()) {
            inTransaction(tables -> {
                tables.insert(messages, now());
                return null;
            });
        }
    }

    @Override
    public List<Waiting> next(long after, int limit) {
        Limits.checkLimit(limit);
        return inTransaction(tables -> {
            List<long[]> sizes = tables.sizes(after, limit);
            long bytes = 0;
            int count = 0;
            while (count < sizes.size() && (count == 0 || bytes + sizes.get(count)[1] <= MemoryOutbox.BYTES_AT_ONCE)) {
                bytes += sizes.get(count++)[1];
            }
            return count == 0 ? List.of() : tables.waiting(after, sizes.get(count - 1)[0], count);
        });
    }

    @Override
    public void sent(List<String> ids) {
        if (!ids.isEmpty()) {
            List<String> sorted = ids.stream().sorted().toList();
            inTransaction(tables -> {
                tables.sent(sorted, now());
                return null;
            });
        }
    }

    @Override
    public Backlog backlog() {
        return inTransaction(OutboxTables::backlog);
    }

    @Override
    public int prune(Instant before) {
        Instant bound = Limits.kept(Limits.within(before));
        return Transactions.repeat(AT_ONCE, () -> inTransaction(tables -> tables.delete(bound, AT_ONCE)));
    }
}
