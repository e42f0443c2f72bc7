package io.github.camelaiflow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** A database that is opened once, with the first success, by whoever comes first. */
final class Database {

    private static final int MIGRATIONS = 3;

    private final String name;
    private final JdbcUrl url;
    private final DataSource source;
    private final Collection<String> secrets;
    private final Workers workers;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile ConnectionSource connections;
    private volatile boolean durable;
    private volatile boolean closed;
    private volatile Vendor vendor;
    private Connection anchor;

    private Database(String name, JdbcUrl url, DataSource source, Collection<String> secrets, boolean durable) {
        this.name = name;
        this.url = url;
        this.source = source;
        this.secrets = secrets;
        this.durable = durable;
        this.workers = url != null && url.embedded() ? new Workers(name) : null;
    }

    static Database of(JdbcUrl url) {
        List<Library> libraries = new ArrayList<>(url.vendor().libraries());
        libraries.add(Library.POOL);
        libraries.add(Library.FLYWAY);
        Library.require(url.name(), libraries);
        return new Database(url.name(), url, new DriverSource(url), url.secrets(), !JdbcUrl.inMemory(url.name()));
    }

    static Database of(DataSource source) {
        String name = "of the given data source";
        Library.require(name, List.of(Library.FLYWAY));
        return new Database(name, null, source, Set.of(), true);
    }

    String name() {
        return name;
    }

    boolean durable() {
        return durable;
    }

    /** Only of an open one. */
    ConnectionSource connections() {
        return connections;
    }

    /** Seconds; H2's connections have theirs. */
    int statementTimeout() {
        return vendor == Vendor.POSTGRESQL ? Timeouts.SECONDS : 0;
    }

    void open() {
        checkNotClosed();
        if (connections != null) {
            return;
        }
        await();
        try {
            checkNotClosed();
            if (connections == null) {
                connections = workers == null ? connect() : workers.call(this::connect);
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            opening.unlock();
        }
    }

    private void checkNotClosed() {
        if (closed) {
            throw StoreException.refused("The store is closed");
        }
    }

    private void await() {
        try {
            // The first form minds no interrupt
            if (opening.tryLock() || opening.tryLock(Timeouts.SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StoreException("The store " + name + " can't be reached: another thread is still trying to", null);
    }

    private ConnectionSource connect() throws SQLException {
        Connection first = source.getConnection();
        try {
            examine(first);
            migrate();
            if (workers != null) {
                // A database in this process is there as long as a connection is
                anchor = first;
            }
            return pooled();
        } finally {
            if (anchor == null) {
                first.close();
            }
        }
    }

    private ConnectionSource pooled() {
        if (url == null) {
            return new GivenSource(source, vendor);
        }
        ConnectionSource pool = new ConnectionPool(source, "aiflow store " + name);
        return workers == null ? pool : new UninterruptedSource(pool, workers);
    }

    private void examine(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Vendor known : Vendor.values()) {
            if (known.product().equals(product)) {
                vendor = known;
            }
        }
        if (vendor == null) {
            throw StoreException.refused(
                    "The store " + name + " can't be used: it must be H2 or PostgreSQL, not " + product);
        }
        if (vendor == Vendor.POSTGRESQL) {
            Library.require(name, List.of(Library.FLYWAY_FOR_POSTGRESQL));
            if (connection.getSchema() == null) {
                throw StoreException.refused(
                        "The store " + name
                                + " can't be used: the schema does not exist (currentSchema in the url, or the user's search_path)");
            }
            return;
        }
        durable = !JdbcUrl.inMemory(connection.getMetaData().getURL());
    }

    private void migrate() {
        StoreException first = null;
        // Nodes that make the first tables at the same time get into each other's way, but not again and again
        for (int attempt = 0; attempt < MIGRATIONS; attempt++) {
            try {
                Migration.run(source);
                return;
            } catch (RuntimeException e) {
                StoreException failure = failure(e);
                if (failure.unreachable()) {
                    throw failure;
                }
                first = first == null ? failure : first;
            }
        }
        throw first;
    }

    StoreException failure(Throwable failure) {
        return SqlFailure.of(name, failure, secrets);
    }

    void close() {
        closed = true;
        opening.lock();
        try {
            if (connections != null) {
                connections.close();
            }
            if (anchor != null) {
                workers.call(this::closeAnchor);
            }
        } catch (SQLException broken) {
            // It is closed, whatever it says
        } finally {
            if (workers != null) {
                workers.close();
            }
            opening.unlock();
        }
    }

    private Void closeAnchor() throws SQLException {
        anchor.close();
        anchor = null;
        return null;
    }
}
