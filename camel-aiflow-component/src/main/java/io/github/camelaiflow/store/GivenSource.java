package io.github.camelaiflow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** An application's own connections, given back as they were lent. */
final class GivenSource implements ConnectionSource {

    private final DataSource source;
    private final Vendor vendor;

    GivenSource(DataSource source, Vendor vendor) {
        this.source = source;
        this.vendor = vendor;
    }

    @Override
    public <T> T lend(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Settings theirs = Settings.of(connection);
            try {
                theirs.ours().apply(connection);
                if (vendor == Vendor.H2) {
                    writeAtOnce(connection);
                }
                return work.with(connection);
            } finally {
                giveBack(connection, theirs);
            }
        }
    }

    /** As {@link JdbcUrl} sets it: an H2 server that was started again has forgotten it, and nobody tells that it was. */
    private static void writeAtOnce(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET WRITE_DELAY 0");
        }
    }

    private static void giveBack(Connection connection, Settings theirs) {
        try {
            if (!connection.isClosed()) {
                theirs.apply(connection);
            }
        } catch (SQLException broken) {
            // What was done is done, or has failed with an exception of its own; their pool finds the connection broken
        }
    }

    @Override
    public void close() {
        // theirs
    }

    private record Settings(boolean autoCommit, int isolation, int networkTimeout) {

        static Settings of(Connection connection) throws SQLException {
            return new Settings(
                    connection.getAutoCommit(), connection.getTransactionIsolation(), networkTimeout(connection));
        }

        private static int networkTimeout(Connection connection) throws SQLException {
            try {
                return connection.getNetworkTimeout();
            } catch (SQLFeatureNotSupportedException unsupported) {
                return -1;
            }
        }

        Settings ours() {
            int network =
                    networkTimeout == 0 ? (int) TimeUnit.SECONDS.toMillis(Timeouts.NETWORK_SECONDS) : networkTimeout;
            return new Settings(false, Connection.TRANSACTION_READ_COMMITTED, network);
        }

        void apply(Connection connection) throws SQLException {
            if (connection.getAutoCommit() != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
            if (connection.getTransactionIsolation() != isolation) {
                connection.setTransactionIsolation(isolation);
            }
            if (networkTimeout >= 0) {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            }
        }
    }
}
