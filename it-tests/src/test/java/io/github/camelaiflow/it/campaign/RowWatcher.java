package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Reads the rows that deliveries into a database leave. Of each partition rows should come in the order of their records: one that came after a
 * later one's, or beside that of its own record, is seen only by {@link #catchUp}, and counts as out of order or doubled.
 */
final class RowWatcher extends Watcher {

    private static final String ROWS = "SELECT record_offset, message_key, message_value, id, NULL, NULL, NULL"
            + " FROM aiflow_decision WHERE topic = ? AND part = ? AND record_offset >= ?"
            + " UNION ALL SELECT record_offset, message_key, NULL, id, stage, reason, fields"
            + " FROM aiflow_dead_letter WHERE topic = ? AND part = ? AND record_offset >= ? ORDER BY 1";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final FlowStore store;
    private final FlowStore.Part part;
    private final String topic;
    private final AtomicLongArray next = new AtomicLongArray(Topics.PARTITIONS);

    RowWatcher(FlowStore store, FlowStore.Part part, String topic) {
        this.store = store;
        this.part = part;
        this.topic = topic;
        start();
    }

    @Override
    void deadLettersAreGone(boolean gone) {
        // rows need no topic
    }

    @Override
    void watch() {
        while (!isClosed()) {
            try (Connection connection = store.connect(part);
                    PreparedStatement rows = connection.prepareStatement(ROWS)) {
                while (!isClosed()) {
                    for (int partition = 0; partition < next.length(); partition++) {
                        read(rows, partition);
                    }
                    Child.pause(50);
                }
            } catch (SQLException e) {
                Child.pause(100); // away, or without tables yet
            }
        }
    }

    private void read(PreparedStatement rows, int partition) throws SQLException {
        List<Outcome> outcomes = rows(rows, partition, next.get(partition));
        saw(outcomes);
        if (!outcomes.isEmpty()) {
            next.set(partition, outcomes.get(outcomes.size() - 1).place() + 1);
        }
    }

    private List<Outcome> rows(PreparedStatement rows, int partition, long from) throws SQLException {
        for (int first : new int[] {1, 4}) {
            rows.setString(first, topic);
            rows.setInt(first + 1, partition);
            rows.setLong(first + 2, from);
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (ResultSet result = rows.executeQuery()) {
            while (result.next()) {
                outcomes.add(outcome(result, partition));
            }
        }
        return outcomes;
    }

    /** Reads all again, and sees the rows more than were seen. */
    @Override
    void catchUp() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try (Connection connection = store.connect(part);
                    PreparedStatement rows = connection.prepareStatement(ROWS)) {
                for (int partition = 0; partition < next.length(); partition++) {
                    long read = next.get(partition); // what comes from there on is the other thread's
                    List<Outcome> there = rows(rows, partition, 0);
                    there.removeIf(outcome -> outcome.place() >= read);
                    saw(more(there, seen()));
                }
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("The store does not answer", e);
                }
                Child.pause(100);
            }
        }
    }

    /** Those of the first that are not among the second, as often as they are not. */
    private static List<Outcome> more(List<Outcome> there, List<Outcome> seen) {
        Map<List<Object>, Integer> known = new HashMap<>();
        seen.forEach(outcome -> known.merge(row(outcome), 1, Integer::sum));
        return there.stream()
                .filter(outcome -> known.merge(row(outcome), -1, Integer::sum) < 0)
                .toList();
    }

    private static List<Object> row(Outcome outcome) {
        return List.of(outcome.decided(), outcome.partition(), outcome.place(), outcome.id());
    }

    private static Outcome outcome(ResultSet row, int partition) throws SQLException {
        long now = System.nanoTime();
        if (row.getString(5) == null) {
            return Outcome.decision(row.getBytes(3), partition, row.getLong(1), now);
        }
        String says = row.getString(5) + ' ' + row.getString(6) + ' ' + row.getString(7);
        String key = new String(row.getBytes(2), UTF_8);
        return new Outcome(key, false, says, null, row.getString(4), partition, row.getLong(1), now);
    }
}
