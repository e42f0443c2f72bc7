package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that come behind what was read are seen, once. */
final class RowWatcherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store = new Store();
    private final List<Entry> sent = IntStream.range(0, 4)
            .mapToObj(i -> new Entry("k" + i, new byte[0], 1))
            .toList();
    private final Map<String, Set<String>> twin =
            Map.of("k0", says(), "k1", says(), "k2", says(), "k3", Set.of("validate invalid null"));
    private RowWatcher watcher;

    private static Set<String> says() {
        return Set.of("standard 0.5 true primary", "validate invalid null");
    }

    @BeforeEach
    void start() throws SQLException {
        store.execute("CREATE TABLE aiflow_decision (id VARCHAR, topic VARCHAR, part INTEGER, record_offset BIGINT,"
                + " message_key BYTEA, message_value BYTEA)");
        store.execute("CREATE TABLE aiflow_dead_letter (id VARCHAR, topic VARCHAR, part INTEGER, record_offset BIGINT,"
                + " message_key BYTEA, stage VARCHAR, reason VARCHAR, fields VARCHAR)");
        watcher = new RowWatcher(store, FlowStore.Part.RUN, "in");
    }

    @AfterEach
    void close() throws SQLException {
        watcher.close();
        store.execute("SHUTDOWN");
    }

    private Account account() {
        watcher.catchUp();
        return Account.of(sent, watcher.seen(), twin);
    }

    @Test
    void aDeadLetterThatComesLateBesideItsDecisionIsDoubled() throws SQLException {
        for (int i = 0; i < 3; i++) {
            store.decision(i);
        }
        store.letter(3);
        assertThat(watcher.await(seen -> seen.size() == 4, PATIENCE)).isTrue();
        assertThat(account()).isEqualTo(new Account(4, 3, 1, 0, 0, 0, 0, 0, 0));

        store.letter(1);

        Account doubled = new Account(4, 3, 2, 0, 1, 1, 0, 0, 0);
        assertThat(account()).isEqualTo(doubled);
        assertThat(account()).as("once more").isEqualTo(doubled);
    }

    @Test
    void aDecisionThatComesAfterALaterOneIsOutOfOrder() throws SQLException {
        store.decision(0);
        store.decision(2);
        store.letter(3);
        assertThat(watcher.await(seen -> seen.size() == 3, PATIENCE)).isTrue();

        store.decision(1);

        assertThat(account()).isEqualTo(new Account(4, 3, 1, 0, 0, 0, 0, 0, 1));
    }

    private static final class Store implements FlowStore {

        private static final String URL = "jdbc:h2:mem:row-watcher;DB_CLOSE_DELAY=-1";

        void execute(String sql) throws SQLException {
            try (Connection connection = connect(Part.RUN);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        void decision(int i) throws SQLException {
            String value = ("{'key':'k%d','label':'standard','score':0.5,'valid':true,'servedBy':'primary',"
                            + "'version':'v1','predictionId':'id%d'}")
                    .formatted(i, i)
                    .replace('\'', '"');
            insert("INSERT INTO aiflow_decision VALUES (?, 'in', 1, ?, ?, ?)", i, value.getBytes(UTF_8));
        }

        void letter(int i) throws SQLException {
            insert(
                    "INSERT INTO aiflow_dead_letter (id, topic, part, record_offset, message_key, stage, reason)"
                            + " VALUES (?, 'in', 1, ?, ?, 'validate', 'invalid')",
                    i);
        }

        private void insert(String sql, int i, Object... more) throws SQLException {
            try (Connection connection = connect(Part.RUN);
                    PreparedStatement row = connection.prepareStatement(sql)) {
                row.setString(1, "row" + i);
                row.setLong(2, i);
                row.setBytes(3, ("k" + i).getBytes(UTF_8));
                for (int at = 0; at < more.length; at++) {
                    row.setObject(4 + at, more[at]);
                }
                row.executeUpdate();
            }
        }

        @Override
        public Connection connect(Part part) throws SQLException {
            return DriverManager.getConnection(URL);
        }

        @Override
        public FlowStore start() {
            return this;
        }

        @Override
        public String section(Part part) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void kill() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // in memory
        }
    }
}
