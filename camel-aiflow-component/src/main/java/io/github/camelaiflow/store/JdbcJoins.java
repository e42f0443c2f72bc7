package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTables.Counts;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table in a database. Each call of {@link #left} or {@link #right} is one transaction of about ten statements, whatever the number of
 * its halves; those that change a space come one after the other. So a few hundred halves a call are best, and more than some
 * thousand keep the others waiting.
 */
final class JdbcJoins implements JoinTable {

    private static final int AT_ONCE = 1_000;

    private final Transactions transactions;
    private final InstantSource clock;
    private final String space;

    JdbcJoins(Transactions transactions, InstantSource clock, String space) {
        this.transactions = transactions;
        this.clock = clock;
        this.space = space;
    }

    private interface Work<T> {

        T with(JoinTables tables) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return transactions.run(statements -> work.with(new JoinTables(statements, space)));
    }

    private Instant now() {
        return Limits.kept(Limits.within(clock.instant()));
    }

    @Override
    public List<Joined> left(List<Left> halves) {
        Limits.checkLefts(halves);
        List<Left> kept = halves.stream()
                .map(left -> new Left(left.id(), left.alias(), Limits.kept(left.time()), left.content()))
                .toList();
        return kept.isEmpty()
                ? List.of()
                : inTransaction(tables -> {
                    LoadedJoinState state = LoadedJoinState.forLefts(tables, kept, now());
                    JoinRules rules = new JoinRules(state);
                    List<Joined> joined = new ArrayList<>();
                    kept.forEach(left -> rules.left(left).ifPresent(joined::add));
                    state.write();
                    return joined;
                });
    }

    @Override
    public List<Outcome> right(List<Right> halves) {
        Limits.checkRights(halves);
        List<Right> kept = halves.stream()
                .map(right -> new Right(right.id(), right.alias(), Limits.kept(right.time()), right.content()))
                .toList();
        return kept.isEmpty()
                ? List.of()
                : inTransaction(tables -> {
                    LoadedJoinState state = LoadedJoinState.forRights(tables, kept, now());
                    JoinRules rules = new JoinRules(state);
                    List<Outcome> outcomes = new ArrayList<>();
                    kept.forEach(right -> outcomes.add(rules.right(right)));
                    state.write();
                    return outcomes;
                });
    }

    @Override
    public List<Joined> joined(long after, int limit) {
        Limits.checkLimit(limit);
        return inTransaction(tables -> tables.pairs(after, limit));
    }

    @Override
    public List<Expired> expire(Instant before, int limit) {
        Limits.checkLimit(limit);
        Instant bound = Limits.kept(Limits.within(before));
        List<Expired> expired = new ArrayList<>();
        int most;
        int some;
        do {
            most = Math.min(AT_ONCE, limit - expired.size());
            try {
                some = expireSome(bound, most, expired);
            } catch (StoreException e) {
                if (expired.isEmpty()) {
                    throw e;
                }
                // What was dropped is told; the next call tells what is wrong
                return expired;
            }
        } while (some == most && expired.size() < limit);
        return expired;
    }

    private int expireSome(Instant bound, int limit, List<Expired> expired) {
        List<Expired> some = inTransaction(tables -> {
            Counts counts = tables.lock();
            List<Expired> lefts = tables.leftsBefore(bound, limit);
            List<Expired> rights = tables.rightsBefore(bound, limit - lefts.size());
            List<Right> halves = rights.stream().map(Expired::right).toList();
            tables.deleteLefts(lefts.stream().map(it -> it.left().id()).toList());
            tables.deleteRights(
                    halves.stream().map(Right::id).filter(Objects::nonNull).toList(), false);
            tables.deleteRights(
                    halves.stream().map(Right::alias).filter(Objects::nonNull).toList(), true);
            tables.update(new Counts(counts.seq(), counts.lefts() - lefts.size(), counts.rights() - rights.size()));
            List<Expired> both = new ArrayList<>(lefts);
            both.addAll(rights);
            return both;
        });
        expired.addAll(some);
        return some.size();
    }

    @Override
    public int prune(Instant before) {
        Instant bound = Limits.kept(Limits.within(before));
        int pruned = 0;
        int pairs;
        int rights;
        do {
            pairs = inTransaction(tables -> {
                tables.lock();
                List<String> old = tables.pairsBefore(bound, AT_ONCE);
                tables.deletePairs(old);
                return old.size();
            });
            rights = inTransaction(tables -> {
                tables.lock();
                List<String> old = tables.foundBefore(bound, AT_ONCE);
                tables.deleteRights(old, true);
                return old.size();
            });
            pruned += pairs;
        } while (pairs == AT_ONCE || rights == AT_ONCE);
        return pruned;
    }

    @Override
    public Waiting waiting() {
        return inTransaction(tables -> tables.counts())
                .map(counts -> new Waiting(counts.lefts(), counts.rights()))
                .orElse(new Waiting(0, 0));
    }
}
