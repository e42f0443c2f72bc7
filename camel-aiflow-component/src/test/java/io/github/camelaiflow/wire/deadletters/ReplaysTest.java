package io.github.camelaiflow.wire.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a letter when two persons, or a person and a slow replay, are at it at once. */
class ReplaysTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private DeadLetters letters;
    private Replays replays;

    @BeforeEach
    void take() {
        letters = new MemoryStore(() -> NOON).deadLetters("claims");
        letters.put(List.of(new Letter(
                "l1",
                "validate",
                "INVALID",
                null,
                null,
                null,
                -1,
                -1,
                NOON,
                new Message(null, new byte[] {1}, List.of()))));
        replays = replays(letters);
    }

    private Replays replays(DeadLetters of) {
        return new Replays(of, () -> "change-" + ids.incrementAndGet());
    }

    private void settle(Replays by, boolean came) {
        by.settle("l1", came, "olga", null, NOON, Duration.ZERO);
    }

    private State state() {
        return letters.get("l1").orElseThrow().summary().state();
    }

    private static void conflict(ThrowingCallable call) {
        assertThatExceptionOfType(DeadLetterException.class)
                .isThrownBy(call)
                .extracting(DeadLetterException::kind)
                .isEqualTo(Kind.CONFLICT);
    }

    private static void away() {
        throw new IllegalStateException("away");
    }

    @Test
    void whoSettlesAnEarlierReplayDoesNotReopenALaterOne() {
        assertThatExceptionOfType(DeadLetterException.class)
                .isThrownBy(() -> replays.replay("l1", "ann", null, ReplaysTest::away));
        // between this one's look and its change another person settles, and somebody replays anew without an end yet
        Replays slow = replays(afterHistory(() -> {
            settle(replays, false);
            assertThatExceptionOfType(DeadLetterException.class)
                    .isThrownBy(() -> replays.replay("l1", "bob", null, ReplaysTest::away));
        }));

        conflict(() -> settle(slow, false));

        assertThat(state()).isEqualTo(State.REPLAYING);
        conflict(() -> replays.replay("l1", "eve", null, sent::incrementAndGet));
        assertThat(sent).hasValue(0);
    }

    @Test
    void aReplayThatReturnsLateDoesNotEndALaterOne() {
        conflict(() -> replays.replay("l1", "ann", null, () -> {
            settle(replays, false);
            assertThatExceptionOfType(DeadLetterException.class)
                    .isThrownBy(() -> replays.replay("l1", "bob", null, ReplaysTest::away));
        }));

        assertThat(state()).as("bob's, of which nobody knows the end").isEqualTo(State.REPLAYING);
        settle(replays, true);
        assertThat(state()).isEqualTo(State.REPLAYED);
    }

    @Test
    void whatWasNeverReplayedCannotBeSettled() {
        conflict(() -> settle(replays, false));
        assertThat(state()).isEqualTo(State.NEW);
    }

    /** The letters, with something that happens after their history was read. */
    private DeadLetters afterHistory(Runnable then) {
        return (DeadLetters) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeadLetters.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(letters, arguments);
                        if (method.getName().equals("history")) {
                            then.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
