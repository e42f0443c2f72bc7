package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.Deliveries.Move;
import io.github.camelaiflow.store.Deliveries.Settlement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryDeliveriesTest extends DeliveryContract {

    private final Store small = new MemoryStore(
            () -> now,
            new MemoryStore.Bounds(9, 999, 2, 9, 999, MemoryJoins.Bounds.of(3), new MemoryRoom.Bounds(3, 2_000)));

    @Override
    protected Store create(InstantSource clock) {
        return new MemoryStore(clock);
    }

    @Override
    protected Store node() {
        return new Sharing(store);
    }

    @Test
    void whatHasNoRoomIsRefusedAsAWhole() {
        Deliveries few = small.deliveries("claims");
        few.settle(settlement("s1", 0, -1, 2));
        refused(() -> few.settle(settlement("s2", 0, 2, 4)), "at most 3 decisions");
        assertThat(few.offsets("claims")).isEqualTo(Map.of(0, 2L));
        refused(
                () -> few.settle(new Settlement(
                        "s2",
                        List.of(new Move("claims", 0, 2, 3)),
                        List.of(decision("claims", 0, 2)),
                        List.of(letter("l1")),
                        List.of(draft("a"), draft("b"), draft("c"), draft("d")))),
                "at most 3 messages to be sent");
        assertThat(few.offsets("claims")).isEqualTo(Map.of(0, 2L));
        assertThat(few.decisions("claims", 0, -1, 9)).hasSize(2);
        assertThat(small.deadLetters("claims").list(Criteria.ALL, 0, 9)).isEmpty();
        now = NOON.plusSeconds(1);
        few.prune(now);
        assertThat(few.settle(settlement("s2", 0, 2, 5)).settled()).isTrue();
    }

    @Test
    void anOpenLetterIsNotDroppedForANewOne() {
        DeadLetters few = small.deadLetters("claims");
        few.put(List.of(letter("l1"), letter("l2"), letter("l3")));
        refused(() -> few.put(List.of(letter("l3"), letter("l4"))), "configure a database");
        assertThat(few.put(List.of(letter("l3")))).isZero();
        few.change("l1", new Change("c1", State.NEW, State.DISCARDED, "ann", null), List.of());
        now = NOON.plusSeconds(1);
        few.prune(now);
        assertThat(few.put(List.of(letter("l4")))).isEqualTo(1);
    }

    @Test
    void sentMessagesMakeRoom() {
        Outbox few = small.outbox("claims");
        few.put(List.of(draft("a"), draft("b"), draft("c")));
        refused(() -> few.put(List.of(draft("d"))), "at most 3 messages");
        few.sent(List.of("a", "b", "c"));
        few.put(List.of(draft("d"), draft("e"), draft("f")));
        few.sent(List.of("d"));
        few.put(List.of(draft("a")));
        assertThat(few.next(0, 9)).as("the oldest id is forgotten").hasSize(3);
    }

    @Test
    void resultsHaveABoundToo() {
        IdempotencyKeys few = small.keys("claims");
        few.claim("k1", "digest", "o1", Duration.ofMinutes(1));
        refused(() -> few.keep("k1", "o1", "x".repeat(1_000)), "2000 bytes");
        assertThat(few.keep("k1", "o1", "done")).isTrue();
        few.claim("k2", "digest", "o2", Duration.ofMinutes(1));
        few.claim("k3", "digest", "o3", Duration.ofMinutes(1));
        refused(() -> few.claim("k4", "digest", "o4", Duration.ofMinutes(1)), "at most 3 idempotency keys");
        few.release("k2", "o2");
        few.claim("k4", "digest", "o4", Duration.ofMinutes(1));
    }

    @Test
    void spacesHaveABound() {
        small.outbox("a");
        small.deliveries("b");
        small.keys("a");
        refused(() -> small.outbox("c"), "at most 2");
        small.close();
        refused(() -> small.outbox("a"), "closed");
    }
}
