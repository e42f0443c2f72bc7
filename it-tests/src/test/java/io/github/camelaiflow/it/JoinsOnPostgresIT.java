package io.github.camelaiflow.it;

import io.github.camelaiflow.store.JoinSequencesContract;
import io.github.camelaiflow.store.Store;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of joins on PostgreSQL, in a schema of its own for each test. */
@RequiresContainers
final class JoinsOnPostgresIT extends JoinSequencesContract {

    private static final PostgresServer SERVER = new PostgresServer();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    protected Store create(InstantSource clock) {
        return SERVER.store(SERVER.newSchema(), clock);
    }

    @Override
    protected int permutations() {
        return 200;
    }
}
