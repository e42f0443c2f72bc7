package io.github.camelaiflow.delivery.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.CommitException.Effect;
import io.github.camelaiflow.delivery.Incoming.Header;
import io.github.camelaiflow.delivery.Membership;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class DatabaseCommitTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Partition PARTITION = new Partition("claims", 0);
    private static final Membership MEMBER = new Membership("g", 1, "m", null);

    private final Store store = new MemoryStore(InstantSource.fixed(NOON));
    private final Deliveries deliveries = store.deliveries("claims");
    private final AtomicInteger ids = new AtomicInteger();
    private final Rows rows = new Rows("claims", "claims-decisions", null, InstantSource.fixed(NOON));
    private final DatabaseCommit commit = commit(deliveries);

    private DatabaseCommit commit(Deliveries to) {
        return new DatabaseCommit(to, rows, () -> "s" + ids.incrementAndGet());
    }

    private static Origin origin(long offset) {
        return new Origin("claims", 0, offset);
    }

    private static Outcome decision(long offset) {
        byte[] value = ("decision " + offset).getBytes(UTF_8);
        return new Outcome.Decision(
                origin(offset), origin(offset).decisionId("claims"), new byte[] {1}, value, List.of());
    }

    private static Outcome dead(long offset, byte[] value, List<Header> headers) {
        return new Outcome.DeadLetter(origin(offset), new byte[] {1}, value, headers);
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }

    private static Settlement settlement(List<Outcome> outcomes, long first, long next) {
        return new Settlement(outcomes, Map.of(PARTITION, first), Map.of(PARTITION, next), MEMBER);
    }

    private static Settlement decided(long first, long next) {
        return settlement(
                LongStream.range(first, next)
                        .mapToObj(DatabaseCommitTest::decision)
                        .toList(),
                first,
                next);
    }

    private static CommitException failure(DatabaseCommit commit, Settlement settlement) {
        return catchThrowableOfType(CommitException.class, () -> commit.settle(settlement));
    }

    private List<Long> offsets() {
        return deliveries.decisions("claims", 0, -1, 1_000).stream()
                .map(kept -> kept.decision().offset())
                .toList();
    }

    private static String letter(long offset, byte[] value) {
        return StoredLetter.id(origin(offset), "claims", new Message(null, value, List.of()));
    }

    @Test
    void outcomesAreRowsAndMessagesAndOffsetsMove() throws Exception {
        assertThat(commit.keepsOffsets()).isTrue();
        assertThat(commit.positions(Set.of(PARTITION))).isEmpty();
        List<Header> headers = List.of(
                header("aiflow-error-stage", "validate"),
                header("aiflow-error-reason", "MISSING"),
                header("aiflow-error-fields", "amount"),
                header("aiflow-error-route", "scoring"));
        byte[] original = {9, 8, 7};
        commit.settle(settlement(List.of(decision(4), dead(5, original, headers), decision(7)), 4, 8));
        commit.settle(decided(8, 9));
        assertThat(offsets()).containsExactly(4L, 7L, 8L);
        assertThat(commit.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 9L));
        Found letter = store.deadLetters("claims").get(letter(5, original)).orElseThrow();
        assertThat(letter.message().value()).isEqualTo(original);
        Summary summary = letter.summary();
        assertThat(List.of(summary.stage(), summary.reason(), summary.fields(), summary.route(), summary.topic()))
                .containsExactly("validate", "MISSING", "amount", "scoring", "claims");
        assertThat(summary.offset()).isEqualTo(5);
        assertThat(store.outbox("claims").next(0, 9))
                .filteredOn(waiting -> !waiting.draft().id().startsWith("dead-"))
                .isNotEmpty()
                .allSatisfy(waiting -> assertThat(waiting.draft().message().headers())
                        .singleElement()
                        .satisfies(header -> {
                            assertThat(header.name()).isEqualTo("aiflow-decision-id");
                            assertThat(header.value())
                                    .asString(UTF_8)
                                    .isEqualTo(waiting.draft().id());
                        }));
        assertThat(store.outbox("claims").next(0, 9))
                .extracting(waiting -> waiting.draft().id())
                .containsExactly(
                        origin(4).decisionId("claims"),
                        origin(7).decisionId("claims"),
                        origin(8).decisionId("claims"));
    }

    @Test
    void aZombieWritesNothingAndGoesOnWhereTheOtherStands() throws Exception {
        commit.positions(Set.of(PARTITION));
        commit.settle(decided(0, 3));
        DatabaseCommit successor = commit(deliveries);
        assertThat(successor.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 3L));
        successor.settle(decided(3, 5));
        assertThat(failure(commit, decided(3, 7)).effect()).isEqualTo(Effect.MOVED);
        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(commit.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 5L));
        commit.settle(decided(5, 7));
        assertThat(failure(successor, decided(5, 6)).effect()).isEqualTo(Effect.MOVED);
        assertThat(offsets()).hasSize(7);
    }

    /** Breaks each first try of a settlement, before or after it is done. */
    private Deliveries flaky(Supplier<Boolean> doesItFirst) {
        List<Object> tried = new ArrayList<>();
        return (Deliveries) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Deliveries.class}, (proxy, method, arguments) -> {
                    boolean breaks = method.getName().equals("settle") && !tried.contains(arguments[0]);
                    if (breaks) {
                        tried.add(arguments[0]);
                        if (!doesItFirst.get()) {
                            throw new StoreException("away", null);
                        }
                    }
                    try {
                        Object result = method.invoke(deliveries, arguments);
                        if (breaks) {
                            throw new StoreException("broke after it was done", null);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aLostAnswerIsDecidedBeforeItGoesOn() throws Exception {
        for (boolean done : new boolean[] {true, false}) {
            long from = done ? 0 : 3;
            DatabaseCommit unlucky = commit(flaky(() -> done));
            unlucky.positions(Set.of(PARTITION));
            assertThat(failure(unlucky, decided(from, from + 3)).effect()).isEqualTo(Effect.UNKNOWN);
            assertThat(unlucky.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, from + 3));
        }
        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void anOpenSettlementOfAZombieIsDropped() throws Exception {
        DatabaseCommit unlucky = commit(flaky(() -> false));
        unlucky.positions(Set.of(PARTITION));
        assertThat(failure(unlucky, decided(0, 3)).effect()).isEqualTo(Effect.UNKNOWN);
        commit.positions(Set.of(PARTITION));
        commit.settle(decided(0, 2));
        assertThat(unlucky.positions(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, 2L));
        assertThat(offsets()).containsExactly(0L, 1L);
    }

    @Test
    void anOpenSettlementThatTheStoreRefusesIsDropped() throws Exception {
        List<String> tried = new ArrayList<>();
        DatabaseCommit unlucky = commit((Deliveries) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Deliveries.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("settle") && tried.size() < 3) {
                        tried.add(((Deliveries.Settlement) arguments[0]).id());
                        throw new StoreException(tried.size() < 3, tried.size() < 3 ? "away" : "never", null);
                    }
                    return method.invoke(deliveries, arguments);
                }));
        unlucky.positions(Set.of(PARTITION));
        assertThat(failure(unlucky, decided(0, 3)).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(catchThrowableOfType(StoreException.class, () -> unlucky.positions(Set.of(PARTITION)))
                        .unreachable())
                .as("still in doubt")
                .isTrue();
        assertThat(logged(() -> assertThat(unlucky.positions(Set.of(PARTITION))).isEmpty()))
                .singleElement()
                .asString()
                .contains("WARN", "refused", "StoreException")
                .doesNotContain("never");
        unlucky.settle(decided(0, 2));
        assertThat(offsets()).containsExactly(0L, 1L);
        assertThat(tried).as("the one in doubt").containsOnly(tried.get(0));
    }

    /** What is logged meanwhile, with its level, but not for debugging. */
    private static List<String> logged(Runnable work) {
        List<String> lines = new CopyOnWriteArrayList<>();
        AbstractAppender appender = new AbstractAppender("commit", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                if (event.getLevel().isMoreSpecificThan(Level.INFO)) {
                    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
                }
            }
        };
        Logger logger = (Logger) LogManager.getLogger(DatabaseCommit.class);
        appender.start();
        logger.addAppender(appender);
        try {
            work.run();
        } finally {
            logger.removeAppender(appender);
        }
        return lines;
    }

    @Test
    void decisionsThatNoStoreTakesAreRefusedAndSuchDeadLettersKeptInPart() throws Exception {
        commit.positions(Set.of(PARTITION));
        byte[] large = new byte[(1 << 20) + 1];
        Outcome tooLarge = new Outcome.Decision(origin(1), "id", null, large, List.of());
        CommitException refused = failure(commit, settlement(List.of(decision(0), tooLarge), 0, 2));
        assertThat(refused.effect()).isEqualTo(Effect.REFUSED);
        assertThat(refused.refused()).isEqualTo(Map.of(1, "RECORD_TOO_LARGE"));
        assertThat(offsets()).isEmpty();

        List<Header> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(header("x" + i, "y"));
        }
        many.add(header("aiflow-error-stage", "s".repeat(300)));
        many.add(header("aiflow-error-reason", "a\u0000b" + "r".repeat(5_000)));
        commit.settle(settlement(List.of(decision(0), dead(1, large, many)), 0, 2));
        Found letter = store.deadLetters("claims").get(letter(1, large)).orElseThrow();
        assertThat(letter.message().value()).isNull();
        assertThat(letter.message().key()).containsExactly(1);
        assertThat(letter.message().headers()).anySatisfy(header -> {
            assertThat(header.name()).isEqualTo(StoredLetter.OMITTED);
            assertThat(header.value()).asString(UTF_8).isEqualTo("value,headers");
        });
        assertThat(letter.summary().stage()).hasSize(255);
        assertThat(letter.summary().reason()).hasSize(4_000).startsWith("a b");
    }

    @Test
    void aTopicThatWasMadeAnewIsToldAndNothingIsSkipped() throws Exception {
        commit.positions(Set.of(PARTITION));
        commit.settle(decided(0, 5));
        CommitException failure = failure(commit, decided(0, 2));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining("was the topic made anew?").hasMessageContaining("claims-0");
    }

    /** Its first records would be taken for decided ones, and their outcomes never be written. */
    @Test
    void soItIsWhereItsRecordsReachBeyondTheStoresOffset() throws Exception {
        commit.positions(Set.of(PARTITION));
        commit.settle(decided(0, 5));
        CommitException failure = failure(commit, decided(0, 9));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining("was the topic made anew?");
        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
        commit.settle(decided(6, 9));
        assertThat(offsets()).as("transactions leave gaps").contains(6L, 7L, 8L);
    }

    @Test
    void decisionsThatAreThereBeforeTheirOffsetAreTold() throws Exception {
        commit.positions(Set.of(PARTITION));
        Deliveries.Settlement without =
                rows.of("rows alone", List.of(), decided(0, 2).outcomes());
        assertThat(deliveries.settle(without).settled()).isTrue();
        assertThat(logged(() -> settled(decided(0, 3))))
                .singleElement()
                .asString()
                .contains("WARN", "2 decisions", "aiflow_decision");
        assertThat(logged(() -> settled(decided(3, 6)))).isEmpty();
        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    private void settled(Settlement settlement) {
        try {
            commit.settle(settlement);
        } catch (CommitException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatTheStoreRefusesIsNoDoubt() {
        commit.positions(Set.of(PARTITION));
        store.close();
        assertThat(failure(commit, decided(0, 2)).effect()).isEqualTo(Effect.NONE);
    }
}
