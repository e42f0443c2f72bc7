package io.github.camelaiflow.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A small pool. The only class that knows HikariCP. */
final class ConnectionPool implements ConnectionSource {

    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;

    /** @param source gives the pool new connections */
    ConnectionPool(DataSource source, String name) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(Timeouts.SECONDS));
        config.setValidationTimeout(TimeUnit.SECONDS.toMillis(Timeouts.SECONDS) / 2);
        // What starts the pool has just had a connection; should it be gone again, the first user learns it
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new Broken());
        this.pool = new HikariDataSource(config);
    }

    /**
     * The pool knows by SQL's own states that a connection is broken, not by those of an H2 server, and it does not test one that was used
     * half a second ago: flows that use their store all the time would be handed the broken one for ever.
     */
    private static final class Broken implements SQLExceptionOverride {

        private static final Set<String> STATES = Set.of("90007", "90067", "90098", "90121");

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return failure.getSQLState() != null && STATES.contains(failure.getSQLState())
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }

    @Override
    public <T> T lend(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return work.with(connection);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
