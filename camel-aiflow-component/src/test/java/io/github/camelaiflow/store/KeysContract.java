package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.IdempotencyKeys.Claim;
import io.github.camelaiflow.store.IdempotencyKeys.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idempotency keys, as every store keeps them. */
public abstract class KeysContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(1);
    private static final Claim CLAIMED = new Claim(Verdict.CLAIMED, null);

    private volatile Instant now = NOON;
    protected Store store;
    private IdempotencyKeys keys;

    /** An open store without content. */
    protected abstract Store create(InstantSource clock);

    /** Another node's way to the same store. */
    protected abstract Store node();

    @BeforeEach
    void open() {
        store = create(() -> now);
        keys = store.keys("reviews");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRequestThatComesAgainIsAnsweredAsTheFirst() {
        assertThat(keys.claim("r1", "approve", "o1", HOLD)).isEqualTo(CLAIMED);
        assertThat(keys.claim("r1", "approve", "o1", HOLD))
                .as("its answer was lost")
                .isEqualTo(CLAIMED);
        assertThat(keys.claim("r1", "approve", "o2", HOLD)).isEqualTo(new Claim(Verdict.HELD, null));
        assertThat(keys.claim("r1", "deny", "o3", HOLD)).isEqualTo(new Claim(Verdict.CONFLICT, null));
        assertThat(keys.keep("r1", "o2", "not mine")).isFalse();
        assertThat(keys.keep("r1", "o1", "{\"status\":200}")).isTrue();
        assertThat(keys.keep("r1", "o1", "{\"status\":200}")).isTrue();
        assertThat(keys.keep("r1", "o1", "another")).isFalse();
        assertThat(keys.claim("r1", "approve", "o2", HOLD)).isEqualTo(new Claim(Verdict.DONE, "{\"status\":200}"));
        assertThat(keys.claim("r1", "deny", "o2", HOLD).verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(keys.release("r1", "o1")).as("it is done").isFalse();
        assertThat(store.keys("other").claim("r1", "deny", "o3", HOLD)).isEqualTo(CLAIMED);
    }

    @Test
    void whatFailedMayBeClaimedAnew() {
        keys.claim("r1", "approve", "o1", HOLD);
        assertThat(keys.release("r1", "o2")).isFalse();
        assertThat(keys.release("r1", "o1")).isTrue();
        assertThat(keys.release("r1", "o1")).isFalse();
        assertThat(keys.claim("r1", "deny", "o2", HOLD)).isEqualTo(CLAIMED);
        assertThat(keys.keep("r1", "o1", "late")).isFalse();
    }

    @Test
    void aClaimOfWhoDiedEnds() {
        keys.claim("r1", "approve", "o1", HOLD);
        now = NOON.plus(HOLD).minusMillis(1);
        assertThat(keys.claim("r1", "approve", "o2", HOLD).verdict()).isEqualTo(Verdict.HELD);
        now = NOON.plus(HOLD);
        assertThat(keys.claim("r1", "approve", "o2", HOLD)).isEqualTo(CLAIMED);
        assertThat(keys.keep("r1", "o1", "a zombie's")).isFalse();
        assertThat(keys.release("r1", "o1")).isFalse();
        assertThat(keys.keep("r1", "o2", "done")).isTrue();
        now = NOON.plus(Duration.ofDays(1));
        assertThat(keys.claim("r1", "approve", "o3", HOLD)).isEqualTo(new Claim(Verdict.DONE, "done"));
    }

    @Test
    void oldKeysAreForgottenAndHeldOnesStay() {
        keys.claim("done", "d", "o1", HOLD);
        keys.keep("done", "o1", "x");
        keys.claim("dead", "d", "o2", HOLD);
        keys.claim("held", "d", "o3", HOLD.multipliedBy(5));
        now = NOON.plus(HOLD.multipliedBy(2));
        keys.claim("young", "d", "o4", HOLD);
        keys.keep("young", "o4", "x");
        assertThat(keys.prune(now)).isEqualTo(2);
        assertThat(keys.claim("done", "other", "o5", HOLD)).isEqualTo(CLAIMED);
        assertThat(keys.claim("held", "d", "o5", HOLD).verdict()).isEqualTo(Verdict.HELD);
        assertThat(keys.claim("young", "d", "o5", HOLD).verdict()).isEqualTo(Verdict.DONE);
        assertThat(keys.prune(Instant.MIN)).isZero();
    }

    @Test
    void aThousandDoubleSubmitsAreWorkedOnOnce() throws Exception {
        int threads = 20;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Store> nodes = List.of(node(), node(), node());
        try {
            nodes.forEach(Store::open);
            List<Integer> claimed = StoreContract.inParallel(threads, thread -> {
                IdempotencyKeys mine = nodes.get(thread % nodes.size()).keys("reviews");
                together.await();
                int wins = 0;
                for (int i = 0; i < 50; i++) {
                    wins += mine.claim("r1", "approve", thread + "/" + i, HOLD).equals(CLAIMED) ? 1 : 0;
                }
                return wins;
            });
            assertThat(claimed.stream().mapToInt(wins -> wins).sum()).isEqualTo(1);
        } finally {
            nodes.forEach(Store::close);
        }
    }

    @Test
    void ofClaimsThatEndedOneIsTakenOver() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = "r" + round;
            keys.claim(id, "approve", "dead", HOLD);
            now = now.plus(HOLD);
            List<Boolean> won = StoreContract.inParallel(
                    8, thread -> keys.claim(id, "approve", "o" + thread, HOLD).equals(CLAIMED));
            assertThat(won).containsOnlyOnce(true);
        }
    }

    @Test
    void whatBreaksALimitIsRefusedWithoutTellingIt() {
        DeliveryContract.refused(() -> keys.claim("", "secret", "o", HOLD), "idempotency key must have");
        DeliveryContract.refused(() -> keys.claim("secret", "d".repeat(256), "o", HOLD), "digest must have");
        DeliveryContract.refused(() -> keys.claim("secret", "d", "", HOLD), "owner of a claim must have");
        DeliveryContract.refused(() -> keys.claim("secret", "d", "o", Duration.ZERO), "more than 0");
        DeliveryContract.refused(() -> keys.keep("k", "o", "secret".repeat(1 << 18)), "at most 1048576 bytes");
    }
}
