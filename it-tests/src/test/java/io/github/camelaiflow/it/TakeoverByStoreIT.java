package io.github.camelaiflow.it;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A lease of four seconds in PostgreSQL. */
@RequiresContainers
final class TakeoverByStoreIT extends TakeoverContract {

    private static final PostgresServer SERVER = new PostgresServer();

    private String url;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void schema() {
        url = SERVER.newSchema();
    }

    @Override
    List<String> arguments() {
        return List.of("store", url, "flows", "s3cret", "4000");
    }

    @Override
    boolean followsOneThatStandsStill() {
        return true;
    }
}
