package io.github.camelaiflow.it;

import io.github.camelaiflow.store.DeliveryContract;
import io.github.camelaiflow.store.Store;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Offsets, decisions, dead letters and outboxes on PostgreSQL, in a schema of its own for each test; each node has connections of its own. */
@RequiresContainers
final class DeliveriesOnPostgresIT extends DeliveryContract {

    private static final PostgresServer SERVER = new PostgresServer();

    private String url;
    private InstantSource time;

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
        url = SERVER.newSchema();
        time = clock;
        return SERVER.store(url, clock);
    }

    @Override
    protected Store node() {
        return SERVER.store(url, time);
    }
}
