package io.github.camelaiflow.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections. */
interface ConnectionSource {

    /** Lends a connection at READ COMMITTED, that commits when told, for as long as the work lasts. */
    <T> T lend(Work<T> work) throws SQLException;

    /** Closes what is ours. */
    void close();

    /** What is done with a connection. */
    interface Work<T> {

        T with(Connection connection) throws SQLException;
    }
}
