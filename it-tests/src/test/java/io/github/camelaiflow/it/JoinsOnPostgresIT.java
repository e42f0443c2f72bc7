package io.github.camelaiflow.it;

import io.github.camelaiflow.store.JoinSequencesContract;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

    private final List<Store> nodes = new CopyOnWriteArrayList<>();
    private String url;

    @Override
    protected Store create(InstantSource clock) {
        url = SERVER.newSchema();
        return SERVER.store(url, clock);
    }

    @Override
    protected JoinTable node(int number) {
        Store node = SERVER.store(url, () -> now);
        nodes.add(node);
        return node.joins("claims");
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(Store::close);
    }

    @Override
    protected int permutations() {
        return 200;
    }
}
