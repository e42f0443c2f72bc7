package io.github.camelaiflow.store;

import io.github.camelaiflow.store.Deliveries.Decision;
import io.github.camelaiflow.store.Deliveries.Kept;
import io.github.camelaiflow.store.Deliveries.Move;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The SQL of one space's offsets and decisions, the same for H2 and PostgreSQL. */
final class DeliveryTables {

    private static final String DECISION =
            "SELECT id, topic, part, record_offset, message_key, message_value, headers, written FROM aiflow_decision";

    private final Statements statements;
    private final String space;

    DeliveryTables(Statements statements, String space) {
        this.statements = statements;
        this.space = space;
    }

    /** The offset to read next, and what settled it. */
    record Place(long offset, String settlement) {}

    Map<Integer, Long> offsets(String topic) throws SQLException {
        Map<Integer, Long> offsets = new TreeMap<>();
        statements.select(
                "SELECT part, next_offset FROM aiflow_offset WHERE space = ? AND topic = ?",
                row -> offsets.put(row.getInt(1), row.getLong(2)),
                space,
                topic);
        return offsets;
    }

    /** Waits for those who move the partition, and lets nobody move it until this transaction ends; empty if nothing was ever settled. */
    Optional<Place> lock(Move move) throws SQLException {
        return statements
                .select(
                        "SELECT next_offset, settlement FROM aiflow_offset"
                                + " WHERE space = ? AND topic = ? AND part = ? FOR UPDATE",
                        row -> new Place(row.getLong(1), row.getString(2)),
                        space,
                        move.topic(),
                        move.partition())
                .stream()
                .findFirst();
    }

    void move(Move move, String settlement, Instant now) throws SQLException {
        if (move.from() != Move.NONE) {
            statements.update(
                    "UPDATE aiflow_offset SET next_offset = ?, settlement = ?, written = ?"
                            + " WHERE space = ? AND topic = ? AND part = ?",
                    move.to(),
                    settlement,
                    now,
                    space,
                    move.topic(),
                    move.partition());
        } else if (!statements.insert(
                "INSERT INTO aiflow_offset (space, topic, part, next_offset, settlement, written)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                space,
                move.topic(),
                move.partition(),
                move.to(),
                settlement,
                now)) {
            // There is no row to lock before the first: both found none. The next attempt finds the other's
            throw new SQLException("another node settled the partition first", "40001");
        }
    }

    /** Gives how many were not there. */
    int insert(List<Decision> decisions, Instant now) throws SQLException {
        return statements.insertNew(
                "INSERT INTO aiflow_decision (id, space, topic, part, record_offset, message_key, message_value,"
                        + " headers, written) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                decisions.stream().map(decision -> values(decision, now)).toList());
    }

    private Object[] values(Decision decision, Instant now) {
        Message message = decision.message();
        return new Object[] {
            decision.id(),
            space,
            decision.topic(),
            decision.partition(),
            decision.offset(),
            message.key(),
            message.value(),
            Headers.text(message.headers()),
            now
        };
    }

    Optional<Kept> decision(String id) throws SQLException {
        return statements.select(DECISION + " WHERE id = ? AND space = ?", DeliveryTables::kept, id, space).stream()
                .findFirst();
    }

    List<Kept> decisions(String topic, int partition, long after, int limit) throws SQLException {
        return statements.select(
                DECISION + " WHERE space = ? AND topic = ? AND part = ? AND record_offset > ?"
                        + " ORDER BY space, topic, part, record_offset LIMIT ?",
                DeliveryTables::kept,
                space,
                topic,
                partition,
                after,
                limit);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Message message = new Message(row.getBytes(5), row.getBytes(6), Headers.of(row.getString(7)));
        return new Kept(
                new Decision(row.getString(1), row.getString(2), row.getInt(3), row.getLong(4), message),
                Statements.instant(row, 8));
    }

    /** Deletes some of the oldest. */
    int deleteDecisions(Instant before, int limit) throws SQLException {
        List<String> ids = statements.select(
                "SELECT id FROM aiflow_decision WHERE space = ? AND written < ? ORDER BY space, written LIMIT ?",
                row -> row.getString(1),
                space,
                before,
                limit);
        statements.update("DELETE FROM aiflow_decision WHERE id IN", ids, " AND space = ?", space);
        return ids.size();
    }
}
