package io.github.camelaiflow.it;

import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.store.JdbcStore;
import io.github.camelaiflow.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container, on a port chosen here, so that it is the same after a restart. */
public final class PostgresServer implements AutoCloseable {

    private static final int PORT = 5432;
    private static final Duration BACK_AFTER = Duration.ofSeconds(60);
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final int port = freePort();
    private final PostgreSQLContainer container = new PostgreSQLContainer(ContainerImage.POSTGRES.image())
            .withUsername("flows")
            .withPassword("s3cret");

    /** Not started yet. */
    public PostgresServer() {
        container.setPortBindings(List.of(port + ":" + PORT));
    }

    public void start() {
        container.start();
    }

    /** The URL of a database, without user name and password. */
    String url(String database) {
        return "jdbc:postgresql://" + container.getHost() + ":" + port + "/" + database;
    }

    /** The URL of a new schema of the default database. */
    public String newSchema() {
        String schema = "s" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + schema);
        return url(container.getDatabaseName()) + "?currentSchema=" + schema;
    }

    public String username() {
        return container.getUsername();
    }

    public String password() {
        return container.getPassword();
    }

    Store store(String url, InstantSource clock) {
        return JdbcStore.of(url, container.getUsername(), container.getPassword(), clock);
    }

    /** By the user that owns all. */
    public Connection connect(String url) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", container.getUsername());
        login.setProperty("password", container.getPassword());
        return DriverManager.getConnection(url, login);
    }

    void execute(String sql) {
        try (Connection connection = connect(url(container.getDatabaseName()));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Ends the store's connection that waits for a lock, once there is one. */
    void terminateWaiting() {
        awaitOneOf("SELECT pg_terminate_backend(pid)");
    }

    /** Returns once a connection of a store waits for a lock. */
    void awaitWaiting() {
        awaitOneOf("SELECT TRUE");
    }

    /** Looks often, by one connection: who waits gives up after seconds. */
    private void awaitOneOf(String selected) {
        try (Connection connection = connect(url(container.getDatabaseName()));
                Statement statement = connection.createStatement()) {
            await("a transaction waits")
                    .atMost(BACK_AFTER)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        try (ResultSet found = statement.executeQuery(selected + " FROM pg_stat_activity"
                                + " WHERE application_name = 'camel-aiflow' AND wait_event_type = 'Lock'")) {
                            return found.next() && found.getBoolean(1);
                        }
                    });
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL was asked who waits", e);
        }
    }

    /** The container is killed; its data stay. */
    public void kill() {
        DockerClientFactory.instance()
                .client()
                .killContainerCmd(container.getContainerId())
                .exec();
    }

    /** After {@link #kill}: returns when it answers. */
    public void startAgain() {
        DockerClientFactory.instance()
                .client()
                .startContainerCmd(container.getContainerId())
                .exec();
        await("PostgreSQL answers again").atMost(BACK_AFTER).ignoreExceptions().until(() -> {
            connect(url(container.getDatabaseName())).close();
            return true;
        });
    }

    void pause() {
        DockerClientFactory.instance()
                .client()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    void resume() {
        DockerClientFactory.instance()
                .client()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port for the PostgreSQL container", e);
        }
    }
}
