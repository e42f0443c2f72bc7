package io.github.camelaiflow.store;

import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Changed;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.DeadLetters.Summary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL of one space's dead letters, the same for H2 and PostgreSQL. */
final class LetterTables {

    private static final String SUMMARY =
            "seq, id, state, stage, reason, fields, route, topic, part, record_offset, received, bytes, actor,"
                    + " changed, note";

    private final Statements statements;
    private final String space;

    LetterTables(Statements statements, String space) {
        this.statements = statements;
        this.space = space;
    }

    /** Gives how many were not there, nor had been. */
    int insert(List<Letter> letters, Instant now) throws SQLException {
        if (letters.isEmpty()) {
            return 0;
        }
        int inserted = statements.insertNew(
                "INSERT INTO aiflow_dead_letter (id, space, state, stage, reason, fields, route, topic, part,"
                        + " record_offset, received, bytes, changed, message_key, message_value, headers)"
                        + " VALUES (?, ?, 'NEW', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                letters.stream().map(letter -> values(letter, now)).toList());
        // After the insert, which waits for whoever is pruning the same letter
        List<String> pruned = statements.select(
                "SELECT id FROM aiflow_dead_letter_pruned WHERE id IN",
                letters.stream().map(Letter::id).distinct().toList(),
                " AND space = ?",
                space,
                row -> row.getString(1));
        statements.update("DELETE FROM aiflow_dead_letter WHERE id IN", pruned, " AND space = ?", space);
        return inserted - pruned.size();
    }

    private Object[] values(Letter letter, Instant now) {
        Message message = letter.message();
        return new Object[] {
            letter.id(),
            space,
            letter.stage(),
            letter.reason(),
            letter.fields(),
            letter.route(),
            letter.topic(),
            letter.partition(),
            letter.offset(),
            letter.received(),
            message.size(),
            now,
            message.key(),
            message.value(),
            Headers.text(message.headers())
        };
    }

    List<Summary> list(Criteria criteria, long after, int limit) throws SQLException {
        StringBuilder sql =
                new StringBuilder("SELECT " + SUMMARY + " FROM aiflow_dead_letter WHERE space = ? AND seq > ?");
        List<Object> values = new ArrayList<>(List.of(space, after));
        String field = criteria.field() == null ? null : Criteria.listed(criteria.field());
        and(
                sql,
                values,
                "state = ?",
                criteria.state() == null ? null : criteria.state().name());
        and(sql, values, "stage = ?", criteria.stage());
        and(sql, values, "reason = ?", criteria.reason());
        and(sql, values, "POSITION(? IN ',' || fields || ',') > 0", field);
        and(sql, values, "route = ?", criteria.route());
        and(sql, values, "received >= ?", criteria.since());
        and(sql, values, "received < ?", criteria.until());
        // As an index has them
        sql.append(criteria.state() == null ? " ORDER BY space, seq" : " ORDER BY space, state, seq")
                .append(" LIMIT ?");
        values.add(limit);
        return statements.select(sql.toString(), LetterTables::summary, values.toArray());
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.add(value);
        }
    }

    Optional<Found> get(String id) throws SQLException {
        return statements
                .select(
                        "SELECT " + SUMMARY + ", message_key, message_value, headers FROM aiflow_dead_letter"
                                + " WHERE id = ? AND space = ?",
                        row -> new Found(
                                summary(row),
                                new Message(row.getBytes(16), row.getBytes(17), Headers.of(row.getString(18)))),
                        id,
                        space)
                .stream()
                .findFirst();
    }

    /** Waits for those who change it, and lets nobody change it until this transaction ends. */
    Optional<Summary> lock(String id) throws SQLException {
        return statements
                .select(
                        "SELECT " + SUMMARY + " FROM aiflow_dead_letter WHERE id = ? AND space = ? FOR UPDATE",
                        LetterTables::summary,
                        id,
                        space)
                .stream()
                .findFirst();
    }

    /** Whether a change of that id was made to that letter. */
    boolean changed(String letter, String change) throws SQLException {
        return !statements
                .select(
                        "SELECT 1 FROM aiflow_dead_letter_change WHERE id = ? AND space = ? AND letter = ?",
                        row -> row.getInt(1),
                        change,
                        space,
                        letter)
                .isEmpty();
    }

    /** Of a locked letter: whether its last change has that id, if there is one to ask for. */
    boolean isLast(String letter, String change) throws SQLException {
        return change == null
                || statements
                        .select(
                                "SELECT id FROM aiflow_dead_letter_change WHERE letter = ? AND space = ?"
                                        + " ORDER BY letter DESC, space DESC, seq DESC LIMIT 1",
                                row -> row.getString(1),
                                letter,
                                space)
                        .contains(change);
    }

    /** Of a locked letter; false if another letter has a change of that id. */
    boolean change(String letter, Change change, Instant now) throws SQLException {
        statements.update(
                "UPDATE aiflow_dead_letter SET state = ?, actor = ?, changed = ?, note = ? WHERE id = ? AND space = ?",
                change.to().name(),
                change.actor(),
                now,
                change.note(),
                letter,
                space);
        return statements.insert(
                "INSERT INTO aiflow_dead_letter_change (id, space, letter, from_state, to_state, actor, note, happened)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                change.id(),
                space,
                letter,
                change.from().name(),
                change.to().name(),
                change.actor(),
                change.note(),
                now);
    }

    List<Changed> history(String letter) throws SQLException {
        return statements.select(
                "SELECT id, from_state, to_state, actor, note, happened FROM aiflow_dead_letter_change"
                        + " WHERE letter = ? AND space = ? ORDER BY letter, space, seq",
                row -> new Changed(
                        new Change(
                                row.getString(1),
                                State.valueOf(row.getString(2)),
                                State.valueOf(row.getString(3)),
                                row.getString(4),
                                row.getString(5)),
                        Statements.instant(row, 6)),
                letter,
                space);
    }

    Optional<Instant> oldest(State state) throws SQLException {
        return statements
                .select(
                        "SELECT received FROM aiflow_dead_letter WHERE space = ? AND state = ?"
                                + " ORDER BY space, state, received LIMIT 1",
                        row -> Statements.instant(row, 1),
                        space,
                        state.name())
                .stream()
                .findFirst();
    }

    Map<State, Long> counts() throws SQLException {
        Map<State, Long> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0L);
        }
        statements.select(
                "SELECT state, COUNT(*) FROM aiflow_dead_letter WHERE space = ? GROUP BY state",
                row -> counts.put(State.valueOf(row.getString(1)), row.getLong(2)),
                space);
        return counts;
    }

    /** Deletes some that ended, and keeps their ids. */
    int delete(State state, Instant before, int limit, Instant now) throws SQLException {
        List<String> ids = statements.select(
                "SELECT id FROM aiflow_dead_letter WHERE space = ? AND state = ? AND changed < ? LIMIT ? FOR UPDATE",
                row -> row.getString(1),
                space,
                state.name(),
                before,
                limit);
        statements.update("DELETE FROM aiflow_dead_letter_change WHERE letter IN", ids, " AND space = ?", space);
        statements.update("DELETE FROM aiflow_dead_letter WHERE id IN", ids, " AND space = ?", space);
        statements.insertNew(
                "INSERT INTO aiflow_dead_letter_pruned (id, space, pruned) VALUES (?, ?, ?)",
                ids.stream().map(id -> new Object[] {id, space, now}).toList());
        return ids.size();
    }

    /** Deletes ids that were kept before. */
    int forget(Instant before) throws SQLException {
        return statements.update("DELETE FROM aiflow_dead_letter_pruned WHERE space = ? AND pruned < ?", space, before);
    }

    private static Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getLong(1),
                row.getString(2),
                State.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                row.getLong(10),
                Statements.instant(row, 11),
                row.getInt(12),
                row.getString(13),
                Statements.instant(row, 14),
                row.getString(15));
    }
}
