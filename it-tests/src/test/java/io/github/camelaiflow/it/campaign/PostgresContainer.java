package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.it.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** PostgreSQL in a container. */
final class PostgresContainer implements FlowStore {

    private final PostgresServer server = new PostgresServer();
    private final Map<Part, String> urls = new EnumMap<>(Part.class);
    private boolean killed;

    /** Whether containers run here; {@code -Daiflow.containers=off} says no. */
    static boolean isThere() {
        return !"off".equals(System.getProperty("aiflow.containers"))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public FlowStore start() {
        if (urls.isEmpty()) {
            server.start();
            for (Part part : Part.values()) {
                urls.put(part, server.newSchema());
            }
        } else if (killed) {
            server.startAgain();
        }
        killed = false;
        return this;
    }

    @Override
    public String section(Part part) {
        return "{url: \"%s\", username: %s, password: %s}"
                .formatted(urls.get(part), server.username(), server.password());
    }

    @Override
    public Connection connect(Part part) throws SQLException {
        return server.connect(urls.get(part));
    }

    @Override
    public void kill() {
        server.kill();
        killed = true;
    }

    @Override
    public void close() {
        server.close();
    }
}
