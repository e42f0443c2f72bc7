package io.github.camelaiflow.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL, as in the manifests. */
@RequiresContainers
final class SharedStoreOnPostgresIT extends SharedStoreContract {

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

    @Override
    String url() {
        if (url == null) {
            url = SERVER.newSchema();
        }
        return url;
    }
}
