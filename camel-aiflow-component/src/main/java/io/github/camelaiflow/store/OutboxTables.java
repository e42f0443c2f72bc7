package io.github.camelaiflow.store;

import io.github.camelaiflow.store.Outbox.Backlog;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.Outbox.Waiting;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of one space's outbox, the same for H2 and PostgreSQL. */
final class OutboxTables {

    private final Statements statements;
    private final String space;

    OutboxTables(Statements statements, String space) {
        this.statements = statements;
        this.space = space;
    }

    void insert(List<Draft> drafts, Instant now) throws SQLException {
        statements.insertNew(
                "INSERT INTO aiflow_outbox (id, space, destination, bytes, message_key, message_value, headers, written)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                drafts.stream().map(draft -> values(draft, now)).toList());
    }

    private Object[] values(Draft draft, Instant now) {
        Message message = draft.message();
        return new Object[] {
            draft.id(),
            space,
            draft.destination(),
            message.size(),
            message.key(),
            message.value(),
            Headers.text(message.headers()),
            now
        };
    }

    /** Positions and sizes of those that wait, in order. */
    List<long[]> sizes(long after, int limit) throws SQLException {
        return statements.select(
                "SELECT seq, bytes FROM aiflow_outbox WHERE space = ? AND sent IS NULL AND seq > ?"
                        + " ORDER BY space, sent, seq LIMIT ?",
                row -> new long[] {row.getLong(1), row.getLong(2)},
                space,
                after,
                limit);
    }

    /** Those that wait, after a position and up to another one. */
    List<Waiting> waiting(long after, long last, int limit) throws SQLException {
        return statements.select(
                "SELECT seq, id, destination, message_key, message_value, headers, written FROM aiflow_outbox"
                        + " WHERE space = ? AND sent IS NULL AND seq > ? AND seq <= ? ORDER BY space, sent, seq LIMIT ?",
                row -> new Waiting(
                        row.getLong(1),
                        new Draft(
                                row.getString(2),
                                row.getString(3),
                                new Message(row.getBytes(4), row.getBytes(5), Headers.of(row.getString(6)))),
                        Statements.instant(row, 7)),
                space,
                after,
                last,
                limit);
    }

    void sent(List<String> ids, Instant now) throws SQLException {
        statements.batch(
                "UPDATE aiflow_outbox SET sent = ?, message_key = NULL, message_value = NULL, headers = '[]'"
                        + " WHERE id = ? AND space = ? AND sent IS NULL",
                ids.stream().map(id -> new Object[] {now, id, space}).toList());
    }

    Backlog backlog() throws SQLException {
        return statements
                .select(
                        "SELECT COUNT(*), MIN(written) FROM aiflow_outbox WHERE space = ? AND sent IS NULL",
                        row -> new Backlog(
                                row.getLong(1),
                                row.getLong(1) == 0 ? Optional.empty() : Optional.of(Statements.instant(row, 2))),
                        space)
                .get(0);
    }

    /** Forgets some of those that were sent first. */
    int delete(Instant before, int limit) throws SQLException {
        List<String> ids = statements.select(
                "SELECT id FROM aiflow_outbox WHERE space = ? AND sent < ? ORDER BY space, sent LIMIT ?",
                row -> row.getString(1),
                space,
                before,
                limit);
        statements.update("DELETE FROM aiflow_outbox WHERE id IN", ids, " AND space = ?", space);
        return ids.size();
    }
}
