package io.github.camelaiflow.store;

import io.github.camelaiflow.store.MemoryKeys.Held;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Idempotency keys in a database. Each call is one transaction; {@link #prune} is several. */
final class JdbcKeys implements IdempotencyKeys {

    private static final int AT_ONCE = 1_000;
    private static final String INSERT =
            "INSERT INTO aiflow_key (id, space, digest, owner, claimed, held_until) VALUES (?, ?, ?, ?, ?, ?)";

    private final Transactions transactions;
    private final InstantSource clock;
    private final String space;

    JdbcKeys(Transactions transactions, InstantSource clock, String space) {
        this.transactions = transactions;
        this.clock = clock;
        this.space = space;
    }

    @Override
    public Claim claim(String id, String digest, String owner, Duration hold) {
        DeliveryLimits.checkClaim(id, digest, owner, hold);
        Instant now = Limits.kept(Limits.within(clock.instant()));
        Instant until = Limits.kept(Limits.within(now.plus(hold)));
        return transactions.run(statements -> {
            if (statements.insert(INSERT, id, space, digest, owner, now, until)) {
                return new Claim(Verdict.CLAIMED, null);
            }
            Held held = lock(statements, id)
                    .orElseThrow(() -> new SQLException("the key was given back by another one meanwhile", "40001"));
            Claim answer = held.answer(digest, owner, now);
            if (answer != null) {
                return answer;
            }
            statements.update(
                    "UPDATE aiflow_key SET digest = ?, owner = ?, claimed = ?, held_until = ? WHERE id = ? AND space = ?",
                    digest,
                    owner,
                    now,
                    until,
                    id,
                    space);
            return new Claim(Verdict.CLAIMED, null);
        });
    }

    private Optional<Held> lock(Statements statements, String id) throws SQLException {
        return statements
                .select(
                        "SELECT digest, owner, claimed, held_until, result FROM aiflow_key"
                                + " WHERE id = ? AND space = ? FOR UPDATE",
                        row -> new Held(
                                row.getString(1),
                                row.getString(2),
                                Statements.instant(row, 3),
                                Statements.instant(row, 4),
                                row.getString(5)),
                        id,
                        space)
                .stream()
                .findFirst();
    }

    @Override
    public boolean keep(String id, String owner, String result) {
        DeliveryLimits.checkResult(id, owner, result);
        return transactions.run(statements -> {
            Optional<Held> held = lock(statements, id).filter(it -> it.owner().equals(owner));
            if (held.isEmpty() || held.get().result() != null) {
                return held.isPresent() && held.get().result().equals(result);
            }
            statements.update("UPDATE aiflow_key SET result = ? WHERE id = ? AND space = ?", result, id, space);
            return true;
        });
    }

    @Override
    public boolean release(String id, String owner) {
        DeliveryLimits.checkClaim(id, owner);
        return transactions.run(statements -> statements.update(
                        "DELETE FROM aiflow_key WHERE id = ? AND space = ? AND owner = ? AND result IS NULL",
                        id,
                        space,
                        owner)
                == 1);
    }

    @Override
    public int prune(Instant before) {
        Instant bound = Limits.kept(Limits.within(before));
        Instant now = Limits.kept(Limits.within(clock.instant()));
        return Transactions.repeat(
                AT_ONCE,
                () -> transactions.run(statements -> {
                    List<String> ids = statements.select(
                            "SELECT id FROM aiflow_key WHERE space = ? AND claimed < ?"
                                    + " AND (result IS NOT NULL OR held_until <= ?) LIMIT ? FOR UPDATE",
                            row -> row.getString(1),
                            space,
                            bound,
                            now,
                            AT_ONCE);
                    statements.update("DELETE FROM aiflow_key WHERE id IN", ids, " AND space = ?", space);
                    return ids.size();
                }));
    }
}
