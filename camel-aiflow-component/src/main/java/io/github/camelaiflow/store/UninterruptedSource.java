package io.github.camelaiflow.store;

import java.sql.SQLException;

/** Connections of a database in this process, used by threads that nobody interrupts. */
final class UninterruptedSource implements ConnectionSource {

    private final ConnectionSource source;
    private final Workers workers;

    UninterruptedSource(ConnectionSource source, Workers workers) {
        this.source = source;
        this.workers = workers;
    }

    @Override
    public <T> T lend(Work<T> work) throws SQLException {
        return workers.call(() -> source.lend(work));
    }

    @Override
    public void close() {
        source.close();
    }
}
