package io.github.camelaiflow.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntSupplier;

/** Does work in one transaction at READ COMMITTED, and again if it lost to another one. */
final class Transactions {

    private static final int ATTEMPTS = 10;

    private final Database database;

    Transactions(Database database) {
        this.database = database;
    }

    <T> T run(Work<T> work) {
        database.open();
        for (int attempt = 1; ; attempt++) {
            try {
                return database.connections().lend(connection -> transact(connection, work));
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !SqlFailure.conflict(e)) {
                    throw database.failure(e);
                }
            }
        }
    }

    /** Does work that gives how many rows it has changed until it is fewer than so many; gives all. */
    static int repeat(int atOnce, IntSupplier work) {
        int all = 0;
        int some;
        do {
            some = work.getAsInt();
            all += some;
        } while (some == atOnce);
        return all;
    }

    private <T> T transact(Connection connection, Work<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.with(new Statements(connection, database.statementTimeout()));
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The exception under way tells more; a database rolls back what it lost the connection of
        }
    }

    /** What is done within a transaction. */
    interface Work<T> {

        T with(Statements statements) throws SQLException;
    }
}
