package io.github.camelaiflow.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
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
        this.pool = new HikariDataSource(config);
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
