package io.github.camelaiflow.delivery.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.delivery.DeliveryLog;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.delivery.outbox.OutboxRelay.Settings;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
    private static final Duration HOLD = Duration.ofSeconds(20);

    private final Store store = new MemoryStore(CLOCK);
    private final Outbox outbox = store.outbox("claims");
    private final Topic topic = new Topic();
    private long now;

    /** What was sent, and how it can fail. */
    private static final class Topic implements Publisher {

        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
        private volatile Exception fault;
        private volatile Error breakdown;
        private volatile Runnable opening;
        private boolean breaksAfter;
        private String neverTaken;
        /** A publishing of more is not answered in time. */
        private int mostInTime = Integer.MAX_VALUE;

        @Override
        public boolean open() {
            Runnable now = opening;
            opening = null;
            if (now != null) {
                now.run();
            }
            return now != null;
        }

        @Override
        public void publish(List<Draft> messages) throws Exception {
            Map<Integer, String> refused = new LinkedHashMap<>();
            for (int i = 0; i < messages.size(); i++) {
                if (messages.get(i).id().startsWith("huge")
                        || messages.get(i).id().equals(neverTaken)) {
                    refused.put(i, "RECORD_TOO_LARGE");
                }
            }
            if (!refused.isEmpty()) {
                throw new PublishException(refused, null);
            }
            if (breakdown != null) {
                throw breakdown;
            }
            if (messages.size() > mostInTime) {
                throw new TimeoutException("no answer");
            }
            Exception now = fault;
            if (now != null && !breaksAfter) {
                throw now;
            }
            messages.forEach(draft -> sent.add(draft.id()));
            if (now != null) {
                throw now;
            }
        }

        @Override
        public void close() {}
    }

    private static Draft draft(String id) {
        return new Draft(id, "decisions", new Message(id.getBytes(UTF_8), null, List.of()));
    }

    private void put(int from, int to) {
        IntStream.range(from, to).forEach(i -> outbox.put(List.of(draft("m" + i))));
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    private RelayStep step(String owner) {
        return new RelayStep(store, "claims", owner, topic, HOLD, 4, CLOCK, () -> now);
    }

    @Test
    void allIsSentInOrderOnce() throws Exception {
        put(0, 10);
        RelayStep step = step("a");
        while (step.run()) {
            now++;
        }
        assertThat(topic.sent).isEqualTo(ids(0, 10));
        assertThat(outbox.backlog().waiting()).isZero();
        assertThat(step.run()).isFalse();
    }

    @Test
    void oneNodeSendsUntilItGivesUpOrDies() throws Exception {
        put(0, 4);
        RelayStep first = step("a");
        RelayStep second = step("b");
        assertThat(first.run()).isTrue();
        assertThat(second.run()).isFalse();
        put(4, 8);
        now += HOLD.toNanos() - 1;
        assertThat(second.run()).isFalse();
        first.run();
        now += HOLD.toNanos() - 1;
        assertThat(second.run()).as("the first has shown a sign of life").isFalse();
        put(8, 12);
        now += HOLD.toNanos();
        assertThat(second.run()).as("none for long enough").isTrue();
        assertThat(second.active()).isTrue();
        put(12, 13);
        assertThat(first.run()).as("a zombie").isFalse();
        assertThat(first.active()).isFalse();
        second.run();
        second.release();
        put(13, 14);
        assertThat(first.run()).isTrue();
        assertThat(topic.sent).isEqualTo(ids(0, 14));
    }

    @Test
    void whoHasNothingToSendWritesNowAndThenOnly() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        Store counting = (Store) proxy(Store.class, store, "replace", () -> {
            writes.incrementAndGet();
            return store;
        });
        RelayStep idle = new RelayStep(counting, "claims", "a", topic, HOLD, 4, CLOCK, () -> now);
        RelayStep other = step("b");
        for (int i = 0; i < 500; i++) {
            assertThat(idle.run()).isFalse();
            assertThat(idle.active()).isTrue();
            assertThat(other.run()).isFalse();
            assertThat(other.active()).isFalse();
            now += Duration.ofMillis(200).toNanos();
        }
        assertThat(writes).as("in 5 times the hold").hasValueLessThanOrEqualTo(21);
        put(0, 4);
        int before = writes.get();
        idle.run();
        assertThat(writes).as("before it sends").hasValueGreaterThan(before);
    }

    @Test
    void whatIsNotSentInTimeIsSentInHalves() throws Exception {
        put(0, 10);
        topic.mostInTime = 1;
        RelayStep step = step("a");
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 30 && topic.sent.size() < 10; i++) {
            try {
                step.run();
            } catch (TimeoutException e) {
                // again
            }
            sent.add(topic.sent.size());
            topic.mostInTime = topic.sent.size() < 3 ? 1 : 100;
        }
        assertThat(sent)
                .as("4, 2, 1; then 2, 1 again until the line is fast")
                .startsWith(0, 0, 1, 1, 2, 2, 3, 5, 9, 10);
        assertThat(topic.sent).isEqualTo(ids(0, 10));
    }

    @Test
    void whatFailedIsLoggedWithoutWhatItSays() throws Exception {
        put(0, 1);
        topic.fault = new IllegalStateException("canary-4711", new IllegalArgumentException("canary-4711"));
        try (DeliveryLog log = new DeliveryLog()) {
            OutboxRelay relay = OutboxRelay.start(
                    store,
                    "claims",
                    "a",
                    topic,
                    new Settings(4, Duration.ofMillis(5), Duration.ofMillis(5), HOLD),
                    CLOCK,
                    Thread::new);
            await().until(() -> log.lines().stream().anyMatch(line -> line.startsWith("DEBUG")));
            relay.stop(Duration.ofSeconds(30));
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("Caused by: java.lang.IllegalArgumentException"))
                    .noneMatch(line -> line.contains("canary-4711"));
        }
    }

    @Test
    void whatFailedIsSentAgain() throws Exception {
        put(0, 3);
        RelayStep step = step("a");
        topic.fault = new IllegalStateException("broker away");
        topic.breaksAfter = true;
        assertThatThrownBy(step::run).isSameAs(topic.fault);
        topic.breaksAfter = false;
        assertThatThrownBy(step::run).isSameAs(topic.fault);
        topic.fault = null;
        while (step.run()) {
            now++;
        }
        assertThat(topic.sent).as("at least once").containsExactly("m0", "m1", "m2", "m0", "m1", "m2");
        assertThat(outbox.backlog().waiting()).isZero();
    }

    @Test
    void whatIsNeverTakenBecomesADeadLetterAndKeepsNobodyWaiting() throws Exception {
        outbox.put(List.of(draft("m0"), draft("huge1"), draft("m1"), draft("huge2")));
        RelayStep step = step("a");
        while (step.run()) {
            now++;
        }
        assertThat(topic.sent).containsExactly("m0", "m1");
        assertThat(step.refused()).isEqualTo(2);
        assertThat(outbox.backlog().waiting()).isZero();
        assertThat(store.deadLetters("claims").list(Criteria.ALL, 0, 9))
                .allMatch(letter ->
                        letter.stage().equals("outbox") && letter.reason().equals("RECORD_TOO_LARGE"))
                .allMatch(letter -> letter.destination().equals(Optional.of("decisions")))
                .extracting(letter -> letter.id())
                .containsExactly("huge1", "huge2");
    }

    @Test
    void whatIsNeverTakenIsNotLostIfTheStoreIsAwayJustThen() throws Exception {
        outbox.put(List.of(draft("huge"), draft("m0")));
        AtomicBoolean away = new AtomicBoolean(true);
        DeadLetters letters = store.deadLetters("claims");
        Object failing = proxy(DeadLetters.class, letters, "put", () -> {
            if (away.getAndSet(false)) {
                throw new StoreException("away", null);
            }
            return letters;
        });
        Store failingOnce = (Store) proxy(Store.class, store, "deadLetters", () -> failing);
        RelayStep step = new RelayStep(failingOnce, "claims", "a", topic, HOLD, 4, CLOCK, () -> now);
        assertThatThrownBy(step::run).isInstanceOf(StoreException.class);
        while (step.run()) {
            now++;
        }
        assertThat(topic.sent).containsExactly("m0");
        assertThat(letters.list(Criteria.ALL, 0, 9))
                .extracting(letter -> letter.id())
                .containsExactly("huge");
        assertThat(outbox.backlog().waiting()).isZero();
    }

    /** The same, but for one method: its answer, if another object than the target, is that of the supplier. */
    private static Object proxy(Class<?> type, Object target, String method, Supplier<Object> other) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
            Object answer = called.getName().equals(method) ? other.get() : target;
            return answer == target ? called.invoke(target, arguments) : answer;
        });
    }

    @Test
    void aDeadLetterThatItsTopicNeverTakesIsNoSecondLetter() throws Exception {
        Draft known = draft("huge");
        DeadLetters letters = store.deadLetters("claims");
        letters.put(List.of(
                new Letter("l-1", "infer", "BROKEN", null, "r", "claims", 0, 7, CLOCK.instant(), known.message())));
        outbox.put(List.of(new Draft(StoredLetter.messageId("l-1"), "dead", known.message()), draft("m0")));
        topic.neverTaken = StoredLetter.messageId("l-1");
        RelayStep step = step("a");
        while (step.run()) {
            now++;
        }
        assertThat(topic.sent).containsExactly("m0");
        assertThat(outbox.backlog().waiting()).isZero();
        assertThat(letters.list(Criteria.ALL, 0, 9))
                .extracting(letter -> letter.id())
                .containsExactly("l-1");
    }

    @Test
    void withoutFaultsAnyNumberOfNodesSendsEachMessageOnceAndInOrder() throws Exception {
        Random random = new Random(20261123);
        List<RelayStep> nodes = new ArrayList<>(List.of(step("a"), step("b"), step("c")));
        int written = 0;
        for (int i = 0; i < 2_000; i++) {
            int node = random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0 -> put(written, ++written);
                case 1 -> nodes.get(node).release();
                case 2 -> now += random.nextLong(HOLD.toNanos() * 2);
                default -> nodes.get(node).run();
            }
        }
        now += HOLD.toNanos();
        nodes.get(0).run();
        now += HOLD.toNanos();
        while (nodes.get(0).run()) {
            now++;
        }
        assertThat(topic.sent).isEqualTo(ids(0, written));
    }

    @Test
    void whoLosesItsTurnWhileItConnectsSendsNothing() throws Exception {
        put(0, 4);
        RelayStep slow = step("a");
        RelayStep other = step("b");
        assertThat(other.run()).isTrue();
        other.release();
        put(4, 8);
        topic.opening = () -> {
            // It hangs while it connects; the other sees no sign of life, sends what waits, and more that came
            assertThat(uncheckedRun(other)).isFalse();
            now += HOLD.toNanos();
            assertThat(uncheckedRun(other)).isTrue();
            put(8, 9);
            assertThat(uncheckedRun(other)).isTrue();
        };
        assertThat(slow.run()).isFalse();
        assertThat(slow.active()).isFalse();
        assertThat(topic.sent).isEqualTo(ids(0, 9));
    }

    @Test
    void whatWasSentWhileItConnectedIsNotSentAgain() throws Exception {
        put(0, 4);
        RelayStep step = step("a");
        topic.opening = () -> outbox.sent(List.of("m0", "m1"));
        assertThat(step.run()).isTrue();
        assertThat(topic.sent).containsExactly("m2", "m3");
    }

    private static boolean uncheckedRun(RelayStep step) {
        try {
            return step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anErrorDoesNotEndTheThread() {
        Settings settings = new Settings(4, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMinutes(10));
        topic.breakdown = new StackOverflowError();
        put(0, 10);
        try (OutboxRelay relay = OutboxRelay.start(store, "claims", "a", topic, settings, CLOCK, Thread::new)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> "StackOverflowError".equals(relay.status().failure()));
            topic.breakdown = null;
            await().atMost(Duration.ofSeconds(60)).until(() -> topic.sent.size() == 10);
        }
        assertThat(topic.sent).isEqualTo(ids(0, 10));
    }

    @Test
    void threadsRelayAndStop() throws Exception {
        Settings settings = new Settings(4, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMinutes(10));
        OutboxRelay first = OutboxRelay.start(store, "claims", "a", topic, settings, CLOCK, Thread::new);
        try (OutboxRelay second = OutboxRelay.start(store, "claims", "b", topic, settings, CLOCK, Thread::new)) {
            put(0, 50);
            await().atMost(Duration.ofSeconds(60)).until(() -> topic.sent.size() == 50);
            topic.fault = new IllegalStateException("broker away");
            put(50, 60);
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            (first.status().active() ? first : second).status().failure() != null);
            topic.fault = null;
            await().atMost(Duration.ofSeconds(60)).until(() -> topic.sent.size() == 60);
            assertThat(first.stop(Duration.ofSeconds(60))).isTrue();
            put(60, 70);
            await("the other takes over at once").atMost(Duration.ofSeconds(60)).until(() -> topic.sent.size() == 70);
            assertThat(second.status().active()).isTrue();
        }
        assertThat(topic.sent).isEqualTo(ids(0, 70));
    }
}
