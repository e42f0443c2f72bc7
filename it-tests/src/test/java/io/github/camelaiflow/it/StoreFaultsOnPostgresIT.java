package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.store.JdbcStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import io.github.camelaiflow.store.Store.Entry;
import io.github.camelaiflow.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL that is killed, hangs, ends connections, or is configured wrong; and many nodes at once. */
@Tag("promise")
@RequiresContainers
final class StoreFaultsOnPostgresIT {

    private static final PostgresServer SERVER = new PostgresServer();
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final List<Entry> DECISION = List.of(new Entry("d1", "claims", "decisions", NOON, "promoted"));

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

    private static StoreException failure(Runnable call) {
        return catchThrowableOfType(StoreException.class, call::run);
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT INTO aiflow_log (id; space; name; happened; content) VALUES ('d1'; 's'; 'n'; now(); ''), between",
        "SELECT * FROM aiflow_document FOR UPDATE, before"
    })
    void aConnectionEndedInMidTransactionLeavesNothing(String lock, String when) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Store store = SERVER.store(url, CLOCK);
                Connection other = SERVER.connect(url);
                Statement statement = other.createStatement()) {
            store.write("claims", "rollout", "first");
            other.setAutoCommit(false);
            statement.execute(lock.replace(';', ','));
            Future<StoreException> failure =
                    executor.submit(() -> failure(() -> store.replace("claims", "rollout", 1, "second", DECISION)));
            SERVER.terminateWaiting();
            assertThat(failure.get()).as(when).isNotNull().matches(StoreException::unreachable);
            other.rollback();
            assertThat(store.get("claims", "rollout")).map(Document::revision).contains(1L);
            assertThat(store.log("claims", "decisions", 9)).isEmpty();
            assertThat(store.replace("claims", "rollout", 1, "second", DECISION))
                    .isPresent();
            assertThat(store.log("claims", "decisions", 9)).isEqualTo(DECISION);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aServerThatIsKilledComesBackWithAllThatWasAcknowledged() {
        try (Store store = SERVER.store(url, CLOCK)) {
            Optional<Document> written = store.replace("claims", "rollout", 0, "first", DECISION);
            SERVER.kill();
            StoreException away = failure(() -> store.get("claims", "rollout"));
            assertThat(away).isNotNull().matches(StoreException::unreachable);
            assertThat(trace(away)).doesNotContain("s3cret");
            try (Store late = SERVER.store(url, CLOCK)) {
                assertThat(failure(late::open)).isNotNull().matches(StoreException::unreachable);
                SERVER.startAgain();
                late.open();
                assertThat(late.get("claims", "rollout")).isEqualTo(written);
            }
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(StoreException.class)
                    .untilAsserted(
                            () -> assertThat(store.get("claims", "rollout")).isEqualTo(written));
            assertThat(store.log("claims", "decisions", 9)).isEqualTo(DECISION);
        }
    }

    @Test
    void aServerThatHangsIsUnreachableUntilItGoesOn() {
        try (Store store = SERVER.store(url, CLOCK)) {
            store.write("claims", "rollout", "first");
            SERVER.pause();
            try {
                assertThat(failure(() -> store.get("claims", "rollout")))
                        .isNotNull()
                        .matches(StoreException::unreachable);
            } finally {
                SERVER.resume();
            }
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(StoreException.class)
                    .until(() -> store.get("claims", "rollout").isPresent());
        }
    }

    @Test
    void aRowThatStaysLockedIsUnreachable() throws Exception {
        try (Store store = SERVER.store(url, CLOCK);
                Connection other = SERVER.connect(url);
                Statement statement = other.createStatement()) {
            store.write("claims", "rollout", "first");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM aiflow_document FOR UPDATE");
            assertThat(failure(() -> store.write("claims", "rollout", "second")))
                    .isNotNull()
                    .matches(StoreException::unreachable);
            other.rollback();
            assertThat(store.write("claims", "rollout", "second").revision()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flows, wr0ng, test, user name or password is refused",
        "nobody, s3cret, test, user name or password is refused",
        "flows, s3cret, absent, the database does not exist"
    })
    void aMistakeIsNotUnreachable(String user, String password, String database, String message) {
        try (Store store = JdbcStore.of(SERVER.url(database), user, password, CLOCK)) {
            StoreException failure = failure(store::open);
            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.unreachable()).isFalse();
            assertThat(trace(failure)).doesNotContain(password);
        }
    }

    @Test
    void aSchemaThatIsNotThereIsAMistake() {
        try (Store store = SERVER.store(SERVER.url("test") + "?currentSchema=absent", CLOCK)) {
            StoreException failure = failure(store::open);
            assertThat(failure).isNotNull().hasMessageContaining("schema");
            assertThat(failure.unreachable()).isFalse();
        }
    }

    @Test
    void nodesThatStartAndRaceTogetherLoseNothing() throws Exception {
        int nodes = 4;
        int each = 25;
        ExecutorService executor = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<Void>> done = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                int node = i;
                done.add(executor.submit(() -> count(node, each)));
            }
            for (Future<Void> node : done) {
                node.get();
            }
        } finally {
            executor.shutdownNow();
        }
        try (Store store = SERVER.store(url, CLOCK)) {
            assertThat(store.get("claims", "counter")).map(Document::content).contains("" + nodes * each);
            assertThat(store.log("claims", "counts", 1_000))
                    .hasSize(nodes * each)
                    .extracting(entry -> Integer.parseInt(entry.content()))
                    .isSortedAccordingTo((a, b) -> Integer.compare(b, a));
        }
    }

    private Void count(int node, int times) {
        try (Store store = SERVER.store(url, CLOCK)) {
            for (int i = 0; i < times; ) {
                Optional<Document> old = store.get("claims", "counter");
                String next =
                        "" + (old.map(it -> Integer.parseInt(it.content())).orElse(0) + 1);
                Entry entry = new Entry(node + "/" + i, "claims", "counts", NOON, next);
                long revision = old.map(Document::revision).orElse(0L);
                // An entry is written with the winning attempt alone
                if (store.replace("claims", "counter", revision, next, List.of(entry))
                        .isPresent()) {
                    i++;
                }
            }
        }
        return null;
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
