package io.github.camelaiflow.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Dead letters in a database. Each call is one transaction; {@link #prune} is several. */
final class JdbcDeadLetters implements DeadLetters {

    private static final int AT_ONCE = 1_000;
    /** How long it is known that a letter was there: longer than topics keep what is read again. */
    static final Duration REMEMBERED = Duration.ofDays(365);

    private final Transactions transactions;
    private final InstantSource clock;
    private final String space;

    JdbcDeadLetters(Transactions transactions, InstantSource clock, String space) {
        this.transactions = transactions;
        this.clock = clock;
        this.space = space;
    }

    private interface Work<T> {

        T with(LetterTables tables) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return transactions.run(statements -> work.with(new LetterTables(statements, space)));
    }

    private Instant now() {
        return Limits.kept(Limits.within(clock.instant()));
    }

    @Override
    public int put(List<Letter> letters) {
        DeliveryLimits.checkLetters(letters);
        return letters.isEmpty() ? 0 : inTransaction(tables -> tables.insert(letters, now()));
    }

    @Override
    public List<Summary> list(Criteria criteria, long after, int limit) {
        Limits.checkLimit(limit);
        DeliveryLimits.check(criteria);
        return inTransaction(tables -> tables.list(criteria, after, limit));
    }

    @Override
    public Optional<Found> get(String id) {
        Limits.checkName("A dead letter's id", id);
        return inTransaction(tables -> tables.get(id));
    }

    @Override
    public Optional<Summary> change(String id, Change change, List<Outbox.Draft> messages) {
        DeliveryLimits.check(id, change);
        DeliveryLimits.checkDrafts(messages);
        Instant now = now();
        return transactions.run(statements -> {
            LetterTables tables = new LetterTables(statements, space);
            Optional<Summary> letter = tables.lock(id);
            if (letter.isEmpty() || tables.changed(id, change.id())) {
                return letter;
            }
            if (letter.get().state() != change.from() || !tables.isLast(id, change.after())) {
                return Optional.empty();
            }
            if (!tables.change(id, change, now)) {
                throw StoreException.refused("The id of a change must not be another letter's");
            }
            new OutboxTables(statements, space).insert(messages, now);
            return letter.map(old -> MemoryDeadLetters.changed(old, change, now));
        });
    }

    @Override
    public List<Changed> history(String id) {
        Limits.checkName("A dead letter's id", id);
        return inTransaction(tables -> tables.history(id));
    }

    @Override
    public Optional<Instant> oldestOpen() {
        return inTransaction(tables -> {
            Optional<Instant> untouched = tables.oldest(State.NEW);
            Optional<Instant> replaying = tables.oldest(State.REPLAYING);
            return Stream.of(untouched, replaying).flatMap(Optional::stream).min(Instant::compareTo);
        });
    }

    @Override
    public Map<State, Long> counts() {
        return inTransaction(LetterTables::counts);
    }

    @Override
    public int prune(Instant before) {
        Instant bound = Limits.kept(Limits.within(before));
        int pruned = 0;
        for (State state : State.values()) {
            if (!state.open()) {
                pruned += Transactions.repeat(
                        AT_ONCE, () -> inTransaction(tables -> tables.delete(state, bound, AT_ONCE, now())));
            }
        }
        inTransaction(tables -> tables.forget(now().minus(REMEMBERED)));
        return pruned;
    }
}
