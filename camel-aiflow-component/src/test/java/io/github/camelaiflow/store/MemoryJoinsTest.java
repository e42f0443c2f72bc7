package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.JoinTable.Expired;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTable.Verdict;
import io.github.camelaiflow.store.JoinTable.Waiting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryJoinsTest extends JoinSequencesContract {

    private static final int MILLION = 1_000_000;
    private static final long BUDGET = 200_000_000;

    @Override
    protected Store create(InstantSource clock) {
        return new MemoryStore(clock);
    }

    @Override
    protected int permutations() {
        return 10_000;
    }

    @Override
    protected JoinTable fresh(int number) {
        return new MemoryStore(() -> now).joins("fresh");
    }

    @Override
    protected int each() {
        return 2_000;
    }

    private JoinTable small(int waiting) {
        return new MemoryStore(() -> now, waiting).joins("claims");
    }

    @Test
    void atTheLimitTheOldestIsDroppedAndTold() {
        JoinTable three = small(3);
        three.left(IntStream.range(0, 5).mapToObj(i -> left("p" + i, null)).toList());
        three.right(IntStream.range(0, 4).mapToObj(i -> byAlias("c" + i, "x")).toList());
        assertThat(three.waiting()).isEqualTo(new Waiting(3, 3));
        assertThat(three.expire(Instant.MIN, 2))
                .containsExactly(new Expired(left("p0", null), null), new Expired(left("p1", null), null));
        assertThat(three.expire(Instant.MIN, 2)).containsExactly(new Expired(null, byAlias("c0", "x")));
        assertThat(three.expire(Instant.MIN, 2)).isEmpty();
        assertThat(three.right(List.of(byId("p0", "x"))).get(0).verdict()).isEqualTo(Verdict.WAITING);
        assertThat(three.right(List.of(byId("p2", "x"))).get(0).verdict()).isEqualTo(Verdict.JOINED);
    }

    @Test
    void whoNeverAsksForWhatWasDroppedIsRefused() {
        JoinTable three = small(3);
        three.left(IntStream.range(0, 1_003).mapToObj(i -> left("p" + i, null)).toList());
        refused(() -> three.left(List.of(left("p", null))), "at most 3 halves that wait, and 1000 were dropped");
        refused(() -> three.right(List.of(byId("p", "x"))), "1000 were dropped");
        assertThat(three.expire(Instant.MIN, 999)).hasSize(999);
        three.left(List.of(left("p", null)));
        assertThat(three.expire(Instant.MIN, 999)).hasSize(2);
    }

    @Test
    void largeHalvesCountByTheirBytes() {
        JoinTable thousand = small(1_000);
        String large = "x".repeat(1 << 16);
        thousand.left(IntStream.range(0, 5)
                .mapToObj(i -> new Left("p" + i, null, NOON, large))
                .toList());
        assertThat(thousand.waiting()).isEqualTo(new Waiting(3, 0));
        thousand.left(IntStream.range(0, 9).mapToObj(i -> left("q" + i, null)).toList());
        thousand.right(IntStream.range(0, 9)
                .mapToObj(i -> new Right("q" + i, null, NOON, large))
                .toList());
        assertThat(thousand.joined(0, 99))
                .as("the newest pairs")
                .extracting(Joined::position)
                .containsExactly(7L, 8L, 9L);
        assertThat(small(1).left(List.of(new Left("p", null, NOON, large)))).isEmpty();
    }

    @Test
    void rightHalvesOfAliasesThatHaveFoundOneAreBoundedToo() {
        JoinTable ten = small(10);
        for (int i = 0; i < 100; i++) {
            ten.left(List.of(left("p" + i, "c" + i)));
            ten.right(List.of(byAlias("c" + i, "x")));
        }
        assertThat(ten.right(List.of(byAlias("c0", "x"))).get(0).verdict()).isEqualTo(Verdict.WAITING);
        assertThat(ten.right(List.of(byAlias("c99", "x"))).get(0).verdict()).isEqualTo(Verdict.DUPLICATE);
        assertThat(ten.joined(0, 99)).hasSizeBetween(1, 20);
    }

    /** Ids of 24 characters, keys of 12, contents of 80. */
    @Test
    void aMillionLeftHalvesWaitInTwoHundredMegabytes() {
        MemoryJoins table = (MemoryJoins) new MemoryStore(() -> now).joins("claims");
        assertThat(List.of(
                        prediction(0).id(), prediction(0).alias(), prediction(0).content()))
                .extracting(String::length)
                .containsExactly(24, 12, 80);
        long before = used();
        for (int from = 0; from < MILLION; from += 1_000) {
            table.left(IntStream.range(from, from + 1_000)
                    .mapToObj(MemoryJoinsTest::prediction)
                    .toList());
        }
        long held = used() - before;
        assertThat(table.waiting()).isEqualTo(new Waiting(MILLION, 0));
        assertThat(held).as("measured").isLessThanOrEqualTo(BUDGET);
        assertThat(table.bytesWaiting()).as("by account").isBetween(held * 9 / 10, BUDGET);
        List<Right> rights = new ArrayList<>();
        for (int i = 0; i < MILLION; i += 1_000) {
            rights.add(
                    i % 2_000 == 0
                            ? byId(prediction(i).id(), "x")
                            : byAlias(prediction(i).alias(), "x"));
        }
        assertThat(table.right(rights)).allMatch(outcome -> outcome.verdict() == Verdict.JOINED);
    }

    private static Left prediction(int i) {
        String number = Integer.toString(MILLION + i);
        String content = "{\"version\":\"v1\",\"label\":\"fraud\",\"score\":0." + number
                + ",\"segment\":\"northeast\",\"b\":[1]}";
        return new Left("prediction-abcdef" + number, "claim" + number, NOON.minusMillis(3), content);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
