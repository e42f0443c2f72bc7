package io.github.camelaiflow.it;

import io.github.camelaiflow.feedback.FeedbackDatabaseContract;
import io.github.camelaiflow.store.Store;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What feedback promises for a durable store, over PostgreSQL. */
@RequiresContainers
final class FeedbackOnPostgresIT extends FeedbackDatabaseContract {

    private static final PostgresServer SERVER = new PostgresServer();
    private static String url;

    @BeforeAll
    static void start() {
        SERVER.start();
        url = SERVER.newSchema();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    protected Store open(InstantSource clock) {
        return SERVER.store(url, clock);
    }
}
