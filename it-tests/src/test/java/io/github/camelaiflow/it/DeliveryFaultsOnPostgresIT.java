package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.CommitException.Effect;
import io.github.camelaiflow.delivery.Membership;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.delivery.database.DatabaseCommit;
import io.github.camelaiflow.delivery.database.Rows;
import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.IdempotencyKeys.Verdict;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes and a PostgreSQL that die in the middle of what must happen once. */
@Tag("promise")
@RequiresContainers
final class DeliveryFaultsOnPostgresIT {

    private static final PostgresServer SERVER = new PostgresServer();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final Partition PARTITION = new Partition("claims", 0);
    private static final Message MESSAGE = new Message(new byte[] {1}, "x".getBytes(UTF_8), List.of());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** What must happen once, and where another transaction makes it wait in its middle. */
    private enum Work {
        SETTLE(
                "SELECT * FROM aiflow_offset FOR UPDATE",
                store -> store.deliveries("claims").settle(settlement("s1", -1, 1)),
                store -> store.deliveries("claims")
                                .settle(settlement("s2", 1, 3))
                                .settled()
                        && store.deliveries("claims").offsets("claims").equals(Map.of(0, 3L))
                        && store.deliveries("claims")
                                        .decisions("claims", 0, -1, 9)
                                        .size()
                                == 3
                        && store.outbox("claims").next(0, 9).size() == 2),
        JOIN(
                "SELECT * FROM aiflow_join FOR UPDATE",
                store -> store.joins("claims").left(List.of(new JoinTable.Left("p1", null, NOON, "no"))),
                store -> store.joins("claims")
                                        .right(List.of(new JoinTable.Right("p1", null, NOON, "yes")))
                                        .size()
                                == 1
                        && store.joins("claims").joined(0, 9).size() == 1
                        && store.joins("claims").waiting().equals(new JoinTable.Waiting(0, 0))),
        CLAIM(
                "INSERT INTO aiflow_key VALUES ('r1', 'claims', 'd', 'other', now(), now(), NULL)",
                store -> store.keys("claims").claim("r0", "d", "me", Duration.ofMinutes(1)),
                store -> store.keys("claims")
                                .claim("r1", "d", "me", Duration.ofMinutes(1))
                                .verdict()
                        == Verdict.CLAIMED),
        REPLAY(
                "SELECT * FROM aiflow_dead_letter FOR UPDATE",
                store -> store.deadLetters("claims")
                        .put(List.of(new Letter("l1", "validate", "BAD", null, null, null, -1, -1, NOON, MESSAGE))),
                store -> store.deadLetters("claims")
                                .change(
                                        "l1",
                                        new Change("c1", State.NEW, State.REPLAYED, "ann", null),
                                        List.of(new Outbox.Draft("replay", "claims", MESSAGE)))
                                .isPresent()
                        && store.deadLetters("claims").history("l1").size() == 1
                        && store.outbox("claims").next(0, 9).size() == 1);

        private final String lock;
        private final Consumer<Store> before;
        private final Predicate<Store> once;

        Work(String lock, Consumer<Store> before, Predicate<Store> once) {
            this.lock = lock;
            this.before = before;
            this.once = once;
        }
    }

    private static Deliveries.Settlement settlement(String id, long from, long to) {
        return new Deliveries.Settlement(
                id,
                List.of(new Deliveries.Move("claims", 0, from, to)),
                LongStream.range(Math.max(from, 0), to)
                        .mapToObj(offset -> new Deliveries.Decision("d" + offset, "claims", 0, offset, MESSAGE))
                        .toList(),
                List.of(),
                List.of(new Outbox.Draft(id, "told", MESSAGE)));
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionEndedInTheMiddleLeavesNothingAndTryingAgainDoesItOnce(Work work) throws Exception {
        breaksInTheMiddle(work, SERVER::terminateWaiting);
    }

    @ParameterizedTest
    @EnumSource
    void aServerKilledInTheMiddleLeavesNothingAndTryingAgainDoesItOnce(Work work) throws Exception {
        breaksInTheMiddle(work, () -> {
            SERVER.awaitWaiting();
            SERVER.kill();
            SERVER.startAgain();
        });
    }

    private void breaksInTheMiddle(Work work, Runnable fault) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Store store = SERVER.store(url, CLOCK);
                Connection other = SERVER.connect(url)) {
            work.before.accept(store);
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute(work.lock);
            }
            Future<StoreException> failure =
                    executor.submit(() -> catchThrowableOfType(StoreException.class, () -> work.once.test(store)));
            fault.run();
            assertThat(failure.get()).isNotNull().matches(StoreException::unreachable);
            if (other.isValid(5)) {
                other.rollback();
            }
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .untilAsserted(() -> assertThat(work.once.test(store)).isTrue());
        } finally {
            executor.shutdownNow();
        }
    }

    private DatabaseCommit commit(Store node) {
        Rows rows = new Rows("claims", "told", null, CLOCK);
        return new DatabaseCommit(
                node.deliveries("claims"), rows, () -> UUID.randomUUID().toString());
    }

    private static Settlement decided(long first, long next) {
        List<Outcome> outcomes = LongStream.range(first, next)
                .mapToObj(offset -> new Origin("claims", 0, offset))
                .<Outcome>map(origin -> new Outcome.Decision(
                        origin, origin.decisionId("claims"), new byte[] {1}, new byte[] {2}, List.of()))
                .toList();
        return new Settlement(
                outcomes, Map.of(PARTITION, first), Map.of(PARTITION, next), new Membership("g", 1, "m", null));
    }

    @Test
    void ofTwoNodesTheZombieWritesNothing() throws Exception {
        try (Store first = SERVER.store(url, CLOCK);
                Store second = SERVER.store(url, CLOCK)) {
            DatabaseCommit zombie = commit(first);
            zombie.positions(Set.of(PARTITION));
            zombie.settle(decided(0, 3));
            DatabaseCommit successor = commit(second);
            assertThat(successor.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 3L));
            successor.settle(decided(3, 5));
            assertThat(catchThrowableOfType(CommitException.class, () -> zombie.settle(decided(3, 9)))
                            .effect())
                    .isEqualTo(Effect.MOVED);
            assertThat(zombie.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 5L));
            assertThat(first.deliveries("claims").decisions("claims", 0, -1, 99))
                    .hasSize(5);
        }
    }

    @Test
    void twoNodesAndAServerThatIsKilledAgainAndAgainDecideEachRecordOnce() throws Exception {
        int kills = 3;
        AtomicLong end = new AtomicLong(Long.MAX_VALUE);
        AtomicLong reached = new AtomicLong();
        long enough;
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> nodes = List.of(
                    executor.submit(() -> decide(new Random(1), reached, end)),
                    executor.submit(() -> decide(new Random(2), reached, end)));
            for (int i = 0; i < kills; i++) {
                long goal = reached.get() + 100;
                await().atMost(PATIENCE)
                        .until(() -> reached.get() > goal || nodes.stream().anyMatch(Future::isDone));
                SERVER.kill();
                SERVER.startAgain();
            }
            enough = reached.get() + 100;
            end.set(enough);
            for (Future<?> node : nodes) {
                node.get();
            }
        } finally {
            end.set(0);
            executor.shutdownNow();
        }
        try (Store store = SERVER.store(url, CLOCK)) {
            long last = store.deliveries("claims").offsets("claims").get(0);
            assertThat(last).isGreaterThanOrEqualTo(enough);
            assertThat(store.deliveries("claims").decisions("claims", 0, -1, Integer.MAX_VALUE))
                    .extracting(kept -> kept.decision().offset())
                    .containsExactlyElementsOf(LongStream.range(0, last).boxed().toList());
            assertThat(store.outbox("claims").next(0, Integer.MAX_VALUE))
                    .extracting(waiting -> waiting.draft().id())
                    .containsExactlyElementsOf(LongStream.range(0, last)
                            .mapToObj(offset -> new Origin("claims", 0, offset).decisionId("claims"))
                            .toList());
        }
    }

    /** A node that believes to have the partition, until it is decided far enough. */
    private void decide(Random random, AtomicLong reached, AtomicLong end) {
        try (Store store = SERVER.store(url, CLOCK)) {
            DatabaseCommit commit = commit(store);
            Long next = null;
            while (reached.get() < end.get()) {
                try {
                    if (next == null) {
                        next = commit.positions(Set.of(PARTITION)).getOrDefault(PARTITION, 0L);
                    }
                    long to = next + 1 + random.nextInt(20);
                    commit.settle(decided(next, to));
                    reached.accumulateAndGet(to, Math::max);
                    next = to;
                } catch (CommitException | StoreException e) {
                    next = null;
                }
            }
        }
    }
}
