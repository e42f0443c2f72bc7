package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.store.Store.Entry;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {

    private final Store small = new MemoryStore(
            InstantSource.fixed(NOON),
            new MemoryStore.Bounds(2, 10, 2, 3, 40, MemoryJoins.Bounds.of(3), new MemoryRoom.Bounds(3, 2_000)));

    @Override
    protected Store create(InstantSource clock) {
        return new MemoryStore(clock);
    }

    @Override
    protected boolean durable() {
        return false;
    }

    @Test
    void theOldestEntriesOfALogAreDropped() {
        for (int i = 0; i < 5; i++) {
            small.append(List.of(new Entry("e" + i, "claims", "decisions", NOON, "x")));
        }
        assertThat(small.log("claims", "decisions", 9)).extracting(Entry::id).containsExactly("e4", "e3", "e2");
        small.append(List.of(new Entry("long", "claims", "decisions", NOON, "x".repeat(100))));
        assertThat(small.log("claims", "decisions", 9)).extracting(Entry::id).containsExactly("long");
    }

    @Test
    void documentsBeyondTheLimitAreRefused() {
        small.write("claims", "a", "12345");
        small.write("claims", "b", "12345");
        refused(() -> small.write("claims", "c", ""), "at most 2 documents");
        refused(() -> small.write("claims", "b", "123456"), "at most 10 characters");
        assertThat(small.write("claims", "b", "1234").revision()).isEqualTo(2);
        assertThat(small.write("claims", "a", "123456").revision()).isEqualTo(2);
        assertThat(small.prune("claims", NOON.plusSeconds(1))).isEqualTo(2);
        assertThat(small.write("claims", "c", "1234567890").revision()).isEqualTo(1);
    }

    @Test
    void logsBeyondTheLimitAreRefusedAndNothingIsWritten() {
        small.append(List.of(new Entry("1", "claims", "a", NOON, "x"), new Entry("2", "claims", "b", NOON, "x")));
        List<Entry> another = List.of(new Entry("3", "claims", "c", NOON, "x"));
        refused(() -> small.append(another), "at most 2 logs");
        refused(() -> small.replace("claims", "k", 0, "x", another), "at most 2 logs");
        assertThat(small.get("claims", "k")).isEmpty();
        small.prune("claims", NOON.plusSeconds(1));
        small.append(another);
        assertThat(small.log("claims", "c", 9)).hasSize(1);
    }

    private static void refused(Runnable call, String limit) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call::run)
                .withMessageContaining(limit)
                .matches(e -> !e.unreachable());
    }
}
