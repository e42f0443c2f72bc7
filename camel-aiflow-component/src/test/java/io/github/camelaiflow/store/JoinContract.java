package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.store.JoinTable.Expired;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Outcome;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTable.Verdict;
import io.github.camelaiflow.store.JoinTable.Waiting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store's joins do, said one by one; {@link JoinSequencesContract} tries many. */
public abstract class JoinContract {

    protected static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    protected Instant now = NOON;
    protected Store store;
    protected JoinTable joins;

    /** An open store without content. */
    protected abstract Store create(InstantSource clock);

    @BeforeEach
    void open() {
        store = create(() -> now);
        joins = store.joins("claims");
    }

    @AfterEach
    void close() {
        store.close();
    }

    protected static Left left(String id, String alias) {
        return new Left(id, alias, NOON.minusSeconds(5), "{\"score\":0.5}");
    }

    protected static Right byId(String id, String content) {
        return new Right(id, null, NOON.minusSeconds(2), content);
    }

    protected static Right byAlias(String alias, String content) {
        return new Right(null, alias, NOON.minusSeconds(2), content);
    }

    protected Verdict said(Right right) {
        return joins.right(List.of(right)).get(0).verdict();
    }

    protected List<Joined> feed() {
        return joins.joined(0, Integer.MAX_VALUE);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(joins.left(List.of())).isEmpty();
        assertThat(joins.right(List.of())).isEmpty();
        assertThat(feed()).isEmpty();
        assertThat(joins.expire(Instant.MAX, 10)).isEmpty();
        assertThat(joins.prune(Instant.MAX)).isZero();
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 0));
    }

    @Test
    void aLabelAfterItsPredictionIsJoined() {
        assertThat(joins.left(List.of(left("p1", "c1")))).isEmpty();
        assertThat(joins.waiting()).isEqualTo(new Waiting(1, 0));
        now = NOON.plusSeconds(9);
        List<Outcome> outcomes = joins.right(List.of(byId("p1", "fraud")));
        Joined pair = new Joined(1, left("p1", "c1"), byId("p1", "fraud"), now);
        assertThat(outcomes).containsExactly(new Outcome(Verdict.JOINED, List.of(pair)));
        assertThat(feed()).containsExactly(pair);
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 0));
    }

    @Test
    void aLabelBeforeItsPredictionWaits() {
        assertThat(said(byId("p1", "fraud"))).isEqualTo(Verdict.WAITING);
        assertThat(said(byAlias("c2", "good"))).isEqualTo(Verdict.WAITING);
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 2));
        List<Joined> pairs = joins.left(List.of(left("p1", null), left("p2", "c2"), left("p3", "c3")));
        assertThat(pairs)
                .containsExactly(
                        new Joined(1, left("p1", null), byId("p1", "fraud"), NOON),
                        new Joined(2, left("p2", "c2"), byAlias("c2", "good"), NOON));
        assertThat(feed()).isEqualTo(pairs);
        assertThat(joins.waiting()).isEqualTo(new Waiting(1, 0));
    }

    @Test
    void aLabelOfAnAliasIsForAllThatHaveNone() {
        joins.left(List.of(left("p1", "c1"), left("p2", "c1"), left("p3", "c1"), left("else", "c2")));
        joins.right(List.of(byId("p2", "good")));
        Outcome outcome = joins.right(List.of(byAlias("c1", "fraud"))).get(0);
        assertThat(outcome.verdict()).isEqualTo(Verdict.JOINED);
        assertThat(outcome.pairs()).extracting(pair -> pair.left().id()).containsExactlyInAnyOrder("p1", "p3");
        List<Joined> later = joins.left(List.of(left("p4", "c1")));
        assertThat(later).extracting(pair -> pair.right().content()).containsExactly("fraud");
        assertThat(joins.waiting()).isEqualTo(new Waiting(1, 0));
    }

    @Test
    void theSameIsADuplicateAndSomethingElseAContradiction() {
        joins.left(List.of(left("p1", "c1")));
        assertThat(said(byId("p1", "fraud"))).isEqualTo(Verdict.JOINED);
        assertThat(said(byId("p1", "fraud"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(said(new Right("p1", null, NOON, "fraud"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(said(byId("p1", "good"))).isEqualTo(Verdict.CONTRADICTION);
        assertThat(said(byId("p2", "good"))).isEqualTo(Verdict.WAITING);
        assertThat(said(byId("p2", "good"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(said(byId("p2", "fraud"))).isEqualTo(Verdict.CONTRADICTION);
        assertThat(said(byAlias("c1", "good"))).as("p1 has one").isEqualTo(Verdict.CONTRADICTION);
        assertThat(said(byAlias("c1", "fraud"))).as("the alias has one").isEqualTo(Verdict.CONTRADICTION);
        assertThat(feed()).extracting(pair -> pair.right().content()).containsExactly("fraud");
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 1));
        assertThat(joins.left(List.of(left("p3", "c1"))))
                .extracting(pair -> pair.right().content())
                .containsExactly("good");
    }

    @Test
    void aLabelByIdIsPreferredToOneByAlias() {
        joins.right(List.of(byAlias("c1", "good"), byId("p1", "fraud")));
        assertThat(joins.left(List.of(left("p1", "c1"))))
                .extracting(Joined::right)
                .containsExactly(byId("p1", "fraud"));
        assertThat(joins.waiting()).as("c1's has found one").isEqualTo(new Waiting(0, 0));
        assertThat(said(byAlias("c1", "good"))).isEqualTo(Verdict.DUPLICATE);
    }

    @Test
    void anIdAndAnAliasOfTheSameTextAreTwoThings() {
        joins.left(List.of(left("x", "y"), left("y", "x")));
        assertThat(joins.right(List.of(byId("x", "1"), byAlias("x", "2"))))
                .flatExtracting(Outcome::pairs)
                .extracting(pair -> pair.left().id() + pair.right().content())
                .containsExactly("x1", "y2");
        assertThat(said(byId("z", "1"))).isEqualTo(Verdict.WAITING);
        assertThat(said(byAlias("z", "2"))).isEqualTo(Verdict.WAITING);
        assertThat(joins.expire(Instant.MAX, 9))
                .extracting(Expired::right)
                .containsExactlyInAnyOrder(byId("z", "1"), byAlias("z", "2"));
    }

    @Test
    void tryingAgainDoesNothing() {
        List<Left> lefts = List.of(left("p1", "c1"), left("p2", "c2"), left("p1", "c1"));
        List<Right> rights = List.of(byId("p1", "1"), byAlias("c2", "2"), byAlias("c3", "3"));
        assertThat(joins.left(lefts)).isEmpty();
        assertThat(joins.left(lefts)).isEmpty();
        assertThat(joins.right(rights))
                .extracting(Outcome::verdict)
                .containsExactly(Verdict.JOINED, Verdict.JOINED, Verdict.WAITING);
        List<Joined> feed = feed();
        assertThat(joins.right(rights))
                .containsOnly(new Outcome(Verdict.DUPLICATE, List.of()))
                .hasSize(3);
        assertThat(joins.left(lefts)).isEmpty();
        assertThat(feed()).isEqualTo(feed).hasSize(2);
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 1));
    }

    @Test
    void aNewLeftHalfOfAKnownIdIsNotTaken() {
        joins.left(List.of(left("p1", "c1")));
        joins.left(List.of(new Left("p1", "c2", NOON, "other")));
        assertThat(said(byAlias("c2", "x"))).isEqualTo(Verdict.WAITING);
        assertThat(said(byAlias("c1", "x"))).isEqualTo(Verdict.JOINED);
        assertThat(feed()).extracting(Joined::left).containsExactly(left("p1", "c1"));
    }

    @Test
    void theFeedGoesOnWhereItWasRead() {
        List<Left> lefts = IntStream.range(0, 25)
                .mapToObj(i -> left("p" + i, i % 2 == 0 ? null : "c" + i))
                .toList();
        joins.left(lefts);
        joins.right(lefts.stream().map(left -> byId(left.id(), "x")).toList());
        List<Joined> read = new ArrayList<>();
        long position = 0;
        for (List<Joined> some = joins.joined(0, 10); !some.isEmpty(); some = joins.joined(position, 10)) {
            assertThat(some).hasSizeLessThanOrEqualTo(10);
            read.addAll(some);
            position = some.get(some.size() - 1).position();
        }
        assertThat(read).isEqualTo(feed()).extracting(Joined::left).containsExactlyElementsOf(lefts);
        assertThat(read).extracting(Joined::position).isSorted().doesNotHaveDuplicates();
        assertThat(joins.joined(-5, 1)).hasSize(1);
        assertThat(joins.joined(0, 0)).isEmpty();
        assertThat(joins.joined(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void whatNeverGetsItsOtherHalfExpires() {
        joins.left(List.of(left("p1", "c1"), left("p2", "c2")));
        joins.right(List.of(byId("q1", "x"), byAlias("d1", "x"), byAlias("c2", "x")));
        now = NOON.plusSeconds(10);
        joins.left(List.of(left("p3", null)));
        joins.right(List.of(byAlias("d3", "x")));
        assertThat(joins.expire(NOON, 9)).as("none before").isEmpty();
        assertThat(joins.expire(NOON.plusSeconds(10), 0)).isEmpty();
        List<Expired> expired = new ArrayList<>(joins.expire(NOON.plusSeconds(10), 2));
        assertThat(expired).hasSize(2);
        expired.addAll(joins.expire(NOON.plusSeconds(10), 2));
        assertThat(expired)
                .containsExactlyInAnyOrder(
                        new Expired(left("p1", "c1"), null),
                        new Expired(null, byId("q1", "x")),
                        new Expired(null, byAlias("d1", "x")));
        assertThat(joins.waiting()).isEqualTo(new Waiting(1, 1));
        assertThat(said(byId("p1", "x"))).as("it waits anew").isEqualTo(Verdict.WAITING);
        assertThat(joins.left(List.of(left("p1", "c1")))).hasSize(1);
        assertThat(joins.expire(Instant.MAX, 9)).hasSize(2);
        assertThat(feed()).extracting(pair -> pair.left().id()).containsExactly("p2", "p1");
    }

    @Test
    void whatWasJoinedIsPruned() {
        joins.left(List.of(left("p1", "c1"), left("p2", "c2"), left("p3", "c3")));
        joins.right(List.of(byAlias("c1", "x")));
        now = NOON.plusSeconds(10);
        joins.right(List.of(byId("p2", "x")));
        assertThat(joins.prune(NOON)).isZero();
        assertThat(joins.prune(NOON.plusSeconds(1))).isEqualTo(1);
        assertThat(feed()).extracting(pair -> pair.left().id()).containsExactly("p2");
        assertThat(joins.joined(feed().get(0).position(), 9)).isEmpty();
        assertThat(said(byAlias("c1", "y"))).as("nothing is known of it").isEqualTo(Verdict.WAITING);
        assertThat(joins.waiting()).isEqualTo(new Waiting(1, 1));
        assertThat(joins.prune(Instant.MAX)).isEqualTo(1);
        assertThat(said(byId("p3", "x"))).isEqualTo(Verdict.JOINED);
        assertThat(feed().get(0).position()).as("a position is given once").isEqualTo(3);
    }

    @Test
    void manyAreTakenExpiredAndPruned() {
        int many = 2_345;
        List<Left> lefts =
                IntStream.range(0, many).mapToObj(i -> left("p" + i, "c" + i)).toList();
        joins.left(lefts);
        assertThat(joins.waiting()).isEqualTo(new Waiting(many, 0));
        List<Outcome> outcomes = joins.right(IntStream.range(0, many)
                .mapToObj(i -> i % 2 == 0 ? byAlias("c" + i, "x") : byId(i % 3 == 0 ? "q" + i : "p" + i, "x"))
                .toList());
        int joined = (int)
                IntStream.range(0, many).filter(i -> i % 2 == 0 || i % 3 != 0).count();
        assertThat(outcomes).filteredOn(it -> it.verdict() == Verdict.JOINED).hasSize(joined);
        assertThat(joins.waiting()).isEqualTo(new Waiting(many - joined, many - joined));
        assertThat(joins.expire(Instant.MAX, Integer.MAX_VALUE)).hasSize(2 * (many - joined));
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 0));
        assertThat(feed()).hasSize(joined);
        assertThat(joins.prune(Instant.MAX)).isEqualTo(joined);
        assertThat(feed()).isEmpty();
        assertThat(said(byAlias("c0", "y"))).isEqualTo(Verdict.WAITING);
    }

    @Test
    void spacesAreApart() {
        JoinTable other = store.joins("other");
        joins.left(List.of(left("p1", "c1")));
        assertThat(other.right(List.of(byId("p1", "x"), byAlias("c1", "x"))))
                .extracting(Outcome::verdict)
                .containsOnly(Verdict.WAITING);
        assertThat(store.joins("claims").waiting()).isEqualTo(new Waiting(1, 0));
        assertThat(other.waiting()).isEqualTo(new Waiting(0, 2));
        assertThat(other.left(List.of(left("p1", "c1"), left("p2", "c1")))).hasSize(2);
        assertThat(feed()).isEmpty();
        assertThat(joins.expire(Instant.MAX, 9)).hasSize(1);
        assertThat(joins.prune(Instant.MAX)).isZero();
        assertThat(other.joined(0, 9)).hasSize(2);
    }

    @Test
    void namesTimesAndContentUpToTheLimitAreTaken() {
        String name = "é".repeat(255);
        String content = "é".repeat(1 << 15);
        Instant time = NOON.plusNanos(789);
        JoinTable long255 = store.joins("n".repeat(255));
        long255.left(List.of(new Left(name, name, time, content), new Left("p2", null, Instant.EPOCH, "")));
        long255.right(List.of(new Right(null, name, Instant.parse("0001-01-01T00:00:00Z"), content)));
        long255.right(List.of(new Right("p2", null, Instant.parse("9999-12-31T00:00:00Z"), "𝛼 \\ ' \n\"")));
        assertThat(long255.joined(0, 9))
                .containsExactly(
                        new Joined(
                                1,
                                new Left(name, name, NOON, content),
                                new Right(null, name, Instant.parse("0001-01-01T00:00:00Z"), content),
                                NOON),
                        new Joined(
                                2,
                                new Left("p2", null, Instant.EPOCH, ""),
                                new Right("p2", null, Instant.parse("9999-12-31T00:00:00Z"), "𝛼 \\ ' \n\""),
                                NOON));
    }

    @Test
    void whatBreaksALimitIsRefusedWithoutTellingIt() {
        String id = "secret".repeat(50);
        refused(() -> store.joins(""), "space of joins must have 1 to 255 characters");
        refused(() -> taken(new Left(id, null, NOON, "x")), "left half's id must have 1 to 255 characters, not 300");
        refused(() -> taken(new Left("p1", "", NOON, "x")), "left half's alias must have 1 to 255 characters");
        refused(() -> taken(new Left("p1", null, NOON, "é".repeat((1 << 15) + 1))), "at most 65536 bytes");
        refused(() -> taken(new Left("p1", null, NOON, "secret\0")), "U+0000");
        refused(() -> taken(new Left("p1", null, Instant.MAX, "x")), "years 1 to 9999");
        refused(() -> taken(new Left("p1", null, null, "x")), "left half's time must not be null");
        refused(() -> said(new Right("p1", "c1", NOON, "x")), "either an id or an alias");
        refused(() -> said(new Right(null, null, NOON, "x")), "either an id or an alias");
        refused(() -> said(byAlias(id, "x")), "right half's alias must have 1 to 255 characters");
        refused(() -> said(byId(id, "x")), "right half's id must have 1 to 255 characters");
        refused(() -> said(byId("p1", null)), "right half's content must not be null");
        refused(() -> joins.joined(0, -1), "0 or more");
        refused(() -> joins.expire(NOON, -1), "0 or more");
        assertThat(joins.waiting()).as("of a call all or nothing").isEqualTo(new Waiting(0, 0));
    }

    private void taken(Left left) {
        joins.left(List.of(left("good", null), left));
    }

    protected static void refused(Runnable call, String requirement) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call::run)
                .withMessageContaining(requirement)
                .withMessageNotContaining("secret")
                .matches(e -> !e.unreachable());
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();
        refused(() -> joins.left(List.of(left("p1", null))), "closed");
        refused(() -> joins.waiting(), "closed");
    }

    @Test
    void aClockThatGoesBackLosesNothing() {
        now = NOON.plusSeconds(1_000);
        joins.left(List.of(left("p1", null), left("p2", null)));
        joins.right(List.of(byId("p2", "x")));
        now = NOON;
        joins.left(List.of(left("p3", null), left("p4", null)));
        joins.right(List.of(byId("p4", "x")));
        assertThat(feed()).extracting(pair -> pair.left().id()).containsExactly("p2", "p4");
        assertThat(joins.expire(NOON.plusSeconds(1), 9))
                .extracting(expired -> expired.left().id())
                .contains("p3");
        joins.expire(NOON.plusSeconds(1_001), 9);
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 0));
        assertThat(joins.prune(NOON.plusSeconds(1_001))).isEqualTo(2);
    }

    @Test
    void whateverNodesSendAtOnceEachPairIsMadeAndToldOnce() throws Exception {
        int threads = 8;
        int each = each();
        List<Set<String>> told = StoreContract.inParallel(threads, thread -> submit(node(thread), thread, each));
        Set<String> all = new TreeSet<>();
        for (Set<String> some : told) {
            some.forEach(pair ->
                    assertThat(all.add(pair)).as("%s by one call alone", pair).isTrue());
        }
        assertThat(feed()).extracting(pair -> pair.left().id()).doesNotHaveDuplicates();
        assertThat(feed().stream().map(pair -> pair.left().id() + "/" + pair.position()))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(feed()).hasSize(threads / 2 * each);
        assertThat(joins.waiting()).isEqualTo(new Waiting(0, 0));
    }

    /** The same table as another node sees it. */
    protected JoinTable node(int number) {
        return joins;
    }

    /** Halves a thread submits. */
    protected int each() {
        return 200;
    }

    /** Every left and every right half is submitted by two threads, in batches, in different orders; gives the pairs it was told. */
    private Set<String> submit(JoinTable node, int thread, int each) {
        List<Integer> numbers = new ArrayList<>(
                IntStream.range(0, each).map(i -> thread / 2 * each + i).boxed().toList());
        java.util.Collections.shuffle(numbers, new java.util.Random(thread));
        Set<String> told = new HashSet<>();
        for (int from = 0; from < each; from += 5) {
            List<Integer> some = numbers.subList(from, Math.min(each, from + 5));
            List<Left> lefts = some.stream().map(i -> left("p" + i, "c" + i)).toList();
            // The labels are of what another pair of threads predicts
            List<Right> rights = some.stream()
                    .map(i -> (i + each) % (4 * each))
                    .map(i -> i % 2 == 0 ? byId("p" + i, "x") : byAlias("c" + i, "x"))
                    .toList();
            Stream.concat(
                            node.left(lefts).stream(),
                            node.right(rights).stream().flatMap(outcome -> outcome.pairs().stream()))
                    .forEach(pair -> told.add(pair.left().id() + "/" + pair.position()));
        }
        return told;
    }

    @Test
    void aReaderMissesNothingThatIsJoinedMeanwhile() throws Exception {
        int writers = 4;
        int each = each();
        List<List<Long>> read = StoreContract.inParallel(
                writers + 1, thread -> thread < writers ? write(node(thread), thread, each) : follow(writers * each));
        assertThat(read.get(writers))
                .isEqualTo(feed().stream().map(Joined::position).toList())
                .hasSize(writers * each);
    }

    private static List<Long> write(JoinTable node, int thread, int each) {
        for (int i = 0; i < each; i++) {
            node.left(List.of(left(thread + "/" + i, null)));
            node.right(List.of(byId(thread + "/" + i, "x")));
        }
        return List.of();
    }

    /** Reads on from what it has read, until it has read so many. */
    private List<Long> follow(int many) {
        List<Long> positions = new ArrayList<>();
        long position = 0;
        long deadline = System.nanoTime() + 300_000_000_000L;
        while (positions.size() < many && System.nanoTime() < deadline) {
            for (Joined pair : joins.joined(position, 7)) {
                position = pair.position();
                positions.add(position);
            }
        }
        return positions;
    }
}
