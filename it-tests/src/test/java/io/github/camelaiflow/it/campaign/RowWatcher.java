package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows that deliveries into a database leave. Of each partition rows must come in the order of their records: one that came after a
 * later one's is not seen, and so missed.
 */
final class RowWatcher extends Watcher {

    private static final String ROWS = "SELECT record_offset, message_key, message_value, id, NULL, NULL, NULL"
            + " FROM aiflow_decision WHERE topic = ? AND part = ? AND record_offset >= ?"
            + " UNION ALL SELECT record_offset, message_key, NULL, id, stage, reason, fields"
            + " FROM aiflow_dead_letter WHERE topic = ? AND part = ? AND record_offset >= ? ORDER BY 1";

    private final FlowStore store;
    private final FlowStore.Part part;
    private final String topic;
    private final long[] next = new long[Topics.PARTITIONS];

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
                    for (int partition = 0; partition < next.length; partition++) {
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
        for (int first : new int[] {1, 4}) {
            rows.setString(first, topic);
            rows.setInt(first + 1, partition);
            rows.setLong(first + 2, next[partition]);
        }
        List<Outcome> outcomes = new ArrayList<>();
        long after = next[partition];
        try (ResultSet result = rows.executeQuery()) {
            while (result.next()) {
                outcomes.add(outcome(result, partition));
                after = result.getLong(1) + 1;
            }
        }
        saw(outcomes);
        next[partition] = after;
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
