package io.github.camelaiflow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Statements of one connection in one transaction, the same for H2 and PostgreSQL. */
final class Statements {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CONNECTION_FAILURE = "08006";
    private static final int BATCH = 500;
    /** Few lengths of lists, so that a database need not parse and plan each anew. */
    private static final List<Integer> LISTS = List.of(1, 8, 64, 512);

    private final Connection connection;
    private final int timeout;

    /** @param timeout seconds a statement may take; 0 where the connection has a limit of its own */
    Statements(Connection connection, int timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            if (timeout > 0) {
                statement.setQueryTimeout(timeout);
            }
            set(statement, values);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(
                    i + 1, value instanceof Instant time ? Limits.kept(time).atOffset(ZoneOffset.UTC) : value);
        }
    }

    /**
     * Lets PostgreSQL read whole tables in this transaction only where no index serves: until it has counted a table's rows, which it
     * does about each minute, it takes a long list of names for most of them.
     */
    void preferIndexes() throws SQLException {
        if (Vendor.POSTGRESQL.product().equals(connection.getMetaData().getDatabaseProductName())) {
            update("SET LOCAL enable_seqscan = off");
        }
    }

    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Executes it once a row of values. */
    void batch(String sql, List<Object[]> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += BATCH) {
            try (PreparedStatement statement = prepare(sql)) {
                for (Object[] row : rows.subList(from, Math.min(from + BATCH, rows.size()))) {
                    set(statement, row);
                    statement.addBatch();
                }
                execute(statement);
            }
        }
    }

    /** PostgreSQL's driver fails by an error, not an exception, where the connection breaks in the midst of a batch. */
    private static void execute(PreparedStatement batch) throws SQLException {
        try {
            batch.executeBatch();
        } catch (AssertionError e) {
            throw new SQLRecoverableException("the connection broke in the midst of a batch", CONNECTION_FAILURE, e);
        }
    }

    /** Inserts unless the key is taken. The savepoint is what PostgreSQL needs to go on after a failed statement. */
    boolean insert(String sql, Object... values) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            update(sql, values);
            connection.releaseSavepoint(savepoint);
            return true;
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(savepoint);
            return false;
        }
    }

    /**
     * Inserts the rows whose keys are not taken, and gives how many. Rows are rarely there already: so first all at once, and each by
     * itself if one was.
     */
    int insertNew(String sql, List<Object[]> rows) throws SQLException {
        int inserted = 0;
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<Object[]> some = rows.subList(from, Math.min(from + BATCH, rows.size()));
            Savepoint savepoint = connection.setSavepoint();
            try {
                batch(sql, some);
                connection.releaseSavepoint(savepoint);
                inserted += some.size();
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback(savepoint);
                for (Object[] row : some) {
                    inserted += insert(sql, row) ? 1 : 0;
                }
            }
        }
        return inserted;
    }

    /**
     * Executes a query, whose text ends with a list's opening {@code IN}, for all the names.
     *
     * @param end what follows the list
     * @param value the one parameter that follows it
     */
    <T> List<T> select(String sql, Collection<String> names, String end, String value, Row<T> row) throws SQLException {
        List<T> found = new ArrayList<>();
        for (Object[] values : lists(names, value)) {
            found.addAll(select(sql + list(values.length - 1) + end, row, values));
        }
        return found;
    }

    <T> List<T> select(String sql, Row<T> row, Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.add(row.read(result));
            }
        }
        return found;
    }

    /** As {@link #select(String, Collection, String, String, Row)}, for what changes rows. */
    void update(String sql, Collection<String> names, String end, String value) throws SQLException {
        for (Object[] values : lists(names, value)) {
            update(sql + list(values.length - 1) + end, values);
        }
    }

    private static String list(int length) {
        return " (?" + ", ?".repeat(length - 1) + ")";
    }

    /** The names in as few lists as it takes, each filled up with its last name and followed by the value. */
    private static List<Object[]> lists(Collection<String> names, String value) {
        List<String> all = List.copyOf(names);
        List<Object[]> lists = new ArrayList<>();
        int longest = LISTS.get(LISTS.size() - 1);
        for (int from = 0; from < all.size(); from += longest) {
            int count = Math.min(longest, all.size() - from);
            int length = LISTS.stream().filter(it -> it >= count).findFirst().orElseThrow();
            Object[] values = new Object[length + 1];
            for (int i = 0; i < length; i++) {
                values[i] = all.get(from + Math.min(i, count - 1));
            }
            values[length] = value;
            lists.add(values);
        }
        return lists;
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Reads the row a result stands at. */
    interface Row<T> {

        T read(ResultSet row) throws SQLException;
    }
}
