package io.github.camelaiflow.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** New connections of a driver, without {@link java.sql.DriverManager}, whose timeout is the whole process's. */
final class DriverSource implements DataSource {

    private final JdbcUrl url;
    private final Driver driver;

    DriverSource(JdbcUrl url) {
        this.url = url;
        try {
            this.driver = Class.forName(url.vendor().driver(), true, DriverSource.class.getClassLoader())
                    .asSubclass(Driver.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new StoreException(false, "The store " + url + " can't be used: its driver does not start", e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(url.properties());
        Connection connection = driver.connect(url.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not take the url", "90046");
        }
        if (url.vendor() == Vendor.POSTGRESQL) {
            endWhenIdle(connection);
        }
        return connection;
    }

    /** A node that stops in mid-transaction, and whose machine still answers, would keep others from its rows for good. */
    private static void endWhenIdle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET idle_in_transaction_session_timeout = '" + Timeouts.IDLE_SECONDS + "s'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return Timeouts.SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
