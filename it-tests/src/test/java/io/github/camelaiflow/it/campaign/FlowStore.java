package io.github.camelaiflow.it.campaign;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The flow's store: a database server for all instances, that can be killed. What it keeps outlives it. */
interface FlowStore extends AutoCloseable {

    /** Where the instances are, and where their twin is. */
    enum Part {
        RUN,
        TWIN
    }

    /** The one of that kind, started; {@code null} for none. */
    static FlowStore start(Setup.Store kind, Path folder) {
        return switch (kind) {
            case NONE -> null;
            case SERVER -> new StoreProcess(folder, false).start();
            case SMALL_DISK -> new StoreProcess(folder, true).start();
            case POSTGRES ->
                PostgresProcess.isThere() ? new PostgresProcess().start() : new PostgresContainer().start();
        };
    }

    /** Whether PostgreSQL can be had here, as a process or as a container. */
    static boolean hasPostgres() {
        return PostgresProcess.isThere() || PostgresContainer.isThere();
    }

    /** Starts on what is there, and returns when it answers. */
    FlowStore start();

    /** As the definition says it, in YAML: {@code {url: …}}. */
    String section(Part part);

    Connection connect(Part part) throws SQLException;

    /** kill -9. */
    void kill();

    @Override
    void close();
}
