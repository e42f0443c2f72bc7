package io.github.camelaiflow.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.store.Deliveries.Answer;
import io.github.camelaiflow.store.Deliveries.Decision;
import io.github.camelaiflow.store.Deliveries.Kept;
import io.github.camelaiflow.store.Deliveries.Move;
import io.github.camelaiflow.store.Deliveries.Offset;
import io.github.camelaiflow.store.Deliveries.Settlement;
import io.github.camelaiflow.store.Outbox.Backlog;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.Outbox.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets, decisions, dead letters and outboxes, as every store keeps them. */
public abstract class DeliveryContract {

    protected static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    protected volatile Instant now = NOON;
    protected Store store;
    protected Deliveries deliveries;
    protected DeadLetters letters;
    protected Outbox outbox;

    /** An open store without content. */
    protected abstract Store create(InstantSource clock);

    /** Another node's way to the same store. */
    protected abstract Store node();

    @BeforeEach
    void open() {
        store = create(() -> now);
        deliveries = store.deliveries("claims");
        letters = store.deadLetters("claims");
        outbox = store.outbox("claims");
    }

    @AfterEach
    void close() {
        store.close();
    }

    protected static Message message(String text) {
        return new Message(
                text.getBytes(UTF_8),
                (text + " value").getBytes(UTF_8),
                List.of(
                        new Message.Header("a", new byte[] {0, -1, 127}),
                        new Message.Header("ä\u0000\"", null),
                        new Message.Header("a", new byte[0])));
    }

    protected static Decision decision(String topic, int partition, long offset) {
        return new Decision(topic + "-" + partition + "-" + offset, topic, partition, offset, message("d" + offset));
    }

    protected static Letter letter(String id) {
        return new Letter(
                id, "validate", "OUT_OF_RANGE", "amount,type", "scoring", "claims", 1, 7, NOON, message("letter"));
    }

    protected static Draft draft(String id) {
        return new Draft(id, "claims-decisions", message(id));
    }

    /** All records of one partition in between decided. */
    protected static Settlement settlement(String id, int partition, long from, long to) {
        return new Settlement(
                id,
                List.of(new Move("claims", partition, from, to)),
                LongStream.range(Math.max(from, 0), to)
                        .mapToObj(offset -> decision("claims", partition, offset))
                        .toList(),
                List.of(),
                List.of());
    }

    private static void same(Object found, Object expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void whatIsSettledIsFoundAsItWasWritten() {
        assertThat(deliveries.offsets("claims")).isEmpty();
        assertThat(deliveries.decision("claims-1-0")).isEmpty();
        Decision bare = new Decision("claims-2-9", "claims", 2, 9, new Message(null, null, List.of()));
        Settlement settlement = new Settlement(
                "s1",
                List.of(new Move("claims", 1, Move.NONE, 1), new Move("claims", 2, Move.NONE, 10)),
                List.of(decision("claims", 1, 0), bare),
                List.of(letter("l1")),
                List.of(draft("o1"), draft("o2")));
        assertThat(deliveries.settle(settlement))
                .isEqualTo(new Answer(true, List.of(new Offset("claims", 1, 1), new Offset("claims", 2, 10)), 0));
        assertThat(deliveries.offsets("claims")).isEqualTo(Map.of(1, 1L, 2, 10L));
        assertThat(deliveries.offsets("other")).isEmpty();
        same(deliveries.decision("claims-1-0").orElseThrow(), new Kept(decision("claims", 1, 0), NOON));
        same(deliveries.decision("claims-2-9").orElseThrow(), new Kept(bare, NOON));
        same(letters.get("l1").orElseThrow().message(), letter("l1").message());
        List<Waiting> waiting = outbox.next(0, 9);
        same(waiting.stream().map(Waiting::draft).toList(), List.of(draft("o1"), draft("o2")));
        assertThat(waiting).extracting(Waiting::written).containsOnly(NOON);
        assertThat(outbox.backlog()).isEqualTo(new Backlog(2, Optional.of(NOON)));
    }

    @Test
    void spacesAreApart() {
        deliveries.settle(settlement("s1", 0, -1, 3));
        letters.put(List.of(letter("l1")));
        outbox.put(List.of(draft("o1")));
        assertThat(store.deliveries("other").offsets("claims")).isEmpty();
        assertThat(store.deliveries("other").decision("claims-0-1")).isEmpty();
        assertThat(store.deliveries("other").decisions("claims", 0, -1, 9)).isEmpty();
        assertThat(store.deadLetters("other").list(Criteria.ALL, 0, 9)).isEmpty();
        assertThat(store.deadLetters("other").counts()).containsEntry(State.NEW, 0L);
        assertThat(store.outbox("other").next(0, 9)).isEmpty();
        store.outbox("other").sent(List.of("o1"));
        assertThat(outbox.next(0, 9)).hasSize(1);
        assertThat(store.deliveries("other").settle(settlement("s1", 0, -1, 3)).known())
                .isZero();
    }

    @Test
    void decisionsOfAPartitionComeByOffset() {
        deliveries.settle(settlement("s1", 0, -1, 3));
        deliveries.settle(settlement("s2", 1, -1, 2));
        deliveries.settle(settlement("s3", 0, 3, 5));
        assertThat(deliveries.decisions("claims", 0, -1, 4))
                .extracting(kept -> kept.decision().offset())
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(deliveries.decisions("claims", 0, 3, 4))
                .extracting(kept -> kept.decision().offset())
                .containsExactly(4L);
    }

    @Test
    void whoIsBehindWritesNothing() {
        deliveries.settle(settlement("s1", 0, -1, 3));
        deliveries.settle(settlement("s2", 1, -1, 2));
        Settlement stale = new Settlement(
                "s3",
                List.of(new Move("claims", 1, 2, 4), new Move("claims", 0, Move.NONE, 5), new Move("claims", 7, -1, 1)),
                List.of(decision("claims", 0, 4), decision("claims", 1, 3)),
                List.of(letter("l1")),
                List.of(draft("o1")));
        assertThat(deliveries.settle(stale))
                .isEqualTo(deliveries.settle(stale))
                .matches(answer -> !answer.settled())
                .extracting(Answer::offsets)
                .isIn(
                        List.of(new Offset("claims", 1, 2), new Offset("claims", 0, 3)),
                        List.of(new Offset("claims", 0, 3), new Offset("claims", 1, 2)));
        assertThat(deliveries.offsets("claims")).isEqualTo(Map.of(0, 3L, 1, 2L));
        assertThat(deliveries.decisions("claims", 0, -1, 9)).hasSize(3);
        assertThat(letters.list(Criteria.ALL, 0, 9)).isEmpty();
        assertThat(outbox.next(0, 9)).isEmpty();
        assertThat(deliveries.settle(settlement("s4", 5, 3, 4)).settled())
                .as("a partition of which nothing is known")
                .isFalse();
    }

    @Test
    void settlingAgainAfterALostAnswerIsRecognised() {
        Settlement first = settlement("s1", 0, -1, 3);
        deliveries.settle(first);
        assertThat(deliveries.settle(first)).isEqualTo(new Answer(true, List.of(new Offset("claims", 0, 3)), 0));
        Settlement second = settlement("s2", 0, 3, 4);
        deliveries.settle(second);
        assertThat(deliveries.settle(second).settled()).isTrue();
        assertThat(deliveries.settle(first).settled()).as("moved since").isFalse();
        assertThat(deliveries.settle(settlement("zombie", 0, 3, 4)).settled())
                .as("another one's, although it would have moved to the same offset")
                .isFalse();
        assertThat(deliveries.decisions("claims", 0, -1, 9)).hasSize(4);
    }

    @Test
    void decisionsThatAreThereAlreadyStay() {
        deliveries.settle(settlement("s1", 0, -1, 3));
        Decision sameId = new Decision("claims-0-1", "other", 0, 1, message("other"));
        Decision sameOrigin = new Decision("other", "claims", 0, 2, message("other"));
        Decision fresh = decision("claims", 0, 3);
        Settlement sink = new Settlement(
                "s2", List.of(), List.of(sameId, fresh, sameOrigin, fresh), List.of(letter("l1")), List.of(draft("o")));
        assertThat(deliveries.settle(sink)).isEqualTo(new Answer(true, List.of(), 3));
        assertThat(deliveries.settle(sink)).isEqualTo(new Answer(true, List.of(), 4));
        assertThat(deliveries.decisions("claims", 0, -1, 9)).hasSize(4);
        assertThat(deliveries.decisions("other", 0, -1, 9)).isEmpty();
        same(deliveries.decision("claims-0-1").orElseThrow().decision(), decision("claims", 0, 1));
        assertThat(letters.list(Criteria.ALL, 0, 9)).hasSize(1);
        assertThat(outbox.next(0, 9)).hasSize(1);
    }

    @Test
    void oldDecisionsArePrunedAndOffsetsStay() {
        deliveries.settle(settlement("s1", 0, -1, 3));
        now = NOON.plusSeconds(60);
        deliveries.settle(settlement("s2", 0, 3, 5));
        assertThat(deliveries.prune(NOON.plusSeconds(60))).isEqualTo(3);
        assertThat(deliveries.prune(NOON.plusSeconds(60))).isZero();
        assertThat(deliveries.decisions("claims", 0, -1, 9)).hasSize(2);
        assertThat(deliveries.offsets("claims")).isEqualTo(Map.of(0, 5L));
    }

    @Test
    void ofNodesThatReadTheSamePartitionsEachRecordIsDecidedOnce() throws Exception {
        int nodes = 4;
        long last = 60;
        List<Integer> settled = StoreContract.inParallel(nodes, number -> {
            try (Store own = node()) {
                return race(own.deliveries("claims"), number, last);
            }
        });
        assertThat(deliveries.offsets("claims")).isEqualTo(Map.of(0, last, 1, last));
        for (int partition = 0; partition < 2; partition++) {
            assertThat(deliveries.decisions("claims", partition, -1, 1_000))
                    .extracting(kept -> kept.decision().offset())
                    .containsExactlyElementsOf(LongStream.range(0, last).boxed().toList());
        }
        List<Waiting> told = outbox.next(0, 1_000);
        assertThat(told)
                .extracting(waiting -> waiting.draft().id())
                .doesNotHaveDuplicates()
                .hasSize(settled.stream().mapToInt(count -> count).sum());
    }

    /** Decides batches of random length until there are no more; gives how many it settled. */
    private int race(Deliveries mine, int number, long last) {
        Random random = new Random(20261123 + number);
        int settled = 0;
        while (true) {
            List<Move> moves = new ArrayList<>();
            List<Decision> decisions = new ArrayList<>();
            Map<Integer, Long> offsets = mine.offsets("claims");
            for (int partition = 0; partition < 2; partition++) {
                long from = offsets.getOrDefault(partition, Move.NONE);
                long to = Math.min(last, Math.max(from, 0) + 1 + random.nextInt(4));
                if (from < last && random.nextInt(3) > 0) {
                    moves.add(new Move("claims", partition, from, to));
                    decisions.addAll(settlement("", partition, from, to).decisions());
                }
            }
            Collections.shuffle(moves, random);
            String id = number + "/" + settled + "/" + offsets;
            if (!moves.isEmpty()) {
                Answer answer = mine.settle(new Settlement(id, moves, decisions, List.of(), List.of(draft(id))));
                assertThat(answer.known()).isZero();
                settled += answer.settled() ? 1 : 0;
            } else if (offsets.equals(Map.of(0, last, 1, last))) {
                return settled;
            }
        }
    }

    @Test
    void lettersAreTakenOnceAndListedWithoutTheirBytes() {
        assertThat(letters.put(List.of(letter("l1"), letter("l2"), letter("l1"))))
                .isEqualTo(2);
        Letter bare = new Letter(
                "l3", "infer", "", null, null, null, -1, -1, NOON.minusSeconds(5), new Message(null, null, List.of()));
        assertThat(letters.put(List.of(letter("l2"), bare))).isEqualTo(1);
        List<Summary> all = letters.list(Criteria.ALL, 0, 9);
        assertThat(all).extracting(Summary::id).containsExactly("l1", "l2", "l3");
        int size = letter("l1").message().size();
        assertThat(all.get(0))
                .isEqualTo(new Summary(
                        all.get(0).position(),
                        "l1",
                        State.NEW,
                        "validate",
                        "OUT_OF_RANGE",
                        "amount,type",
                        "scoring",
                        "claims",
                        1,
                        7,
                        NOON,
                        size,
                        null,
                        NOON,
                        null));
        assertThat(all.get(2)).matches(it -> it.fields() == null && it.route() == null && it.topic() == null);
        assertThat(letters.list(Criteria.ALL, all.get(0).position(), 1)).containsExactly(all.get(1));
        assertThat(letters.oldestOpen()).contains(NOON.minusSeconds(5));
        assertThat(letters.counts())
                .isEqualTo(Map.of(State.NEW, 3L, State.REPLAYING, 0L, State.REPLAYED, 0L, State.DISCARDED, 0L));
        assertThat(letters.get("absent")).isEmpty();
    }

    @Test
    void lettersAreFoundByWhatTheyHaveInCommon() {
        Letter late = new Letter(
                "late",
                "infer",
                "AWAY",
                "type",
                null,
                null,
                -1,
                -1,
                NOON.plusSeconds(9),
                new Message(null, null, List.of()));
        Letter bare =
                new Letter("bare", "infer", "", null, null, null, -1, -1, NOON, new Message(null, null, List.of()));
        letters.put(List.of(letter("l1"), late, letter("l2"), bare));
        letters.change("l2", new Change("c1", State.NEW, State.DISCARDED, "ann", null), List.of());

        assertThat(found(new Criteria(null, "infer", null, null, null, null, null)))
                .containsExactly("late", "bare");
        assertThat(found(new Criteria(null, null, "AWAY", null, null, null, null)))
                .containsExactly("late");
        assertThat(found(new Criteria(null, null, null, "type", null, null, null)))
                .containsExactly("l1", "late", "l2");
        assertThat(found(new Criteria(null, null, null, "typ", null, null, null)))
                .isEmpty();
        assertThat(found(new Criteria(null, null, null, "%", null, null, null))).isEmpty();
        assertThat(found(new Criteria(null, null, null, null, "scoring", null, null)))
                .containsExactly("l1", "l2");
        assertThat(found(new Criteria(null, null, null, null, null, NOON.plusSeconds(9), Instant.MAX)))
                .containsExactly("late");
        assertThat(found(new Criteria(null, null, null, null, null, Instant.MIN, NOON.plusSeconds(9))))
                .containsExactly("l1", "l2", "bare");
        assertThat(found(new Criteria(State.NEW, "validate", "OUT_OF_RANGE", "amount", "scoring", NOON, null)))
                .containsExactly("l1");
        long seen = letters.get("l1").orElseThrow().summary().position();
        assertThat(letters.list(new Criteria(null, null, null, "type", null, null, null), seen, 1))
                .extracting(Summary::id)
                .containsExactly("late");
        refused(() -> found(new Criteria(null, "a\0b", null, null, null, null, null)), "asked");
    }

    private List<String> found(Criteria criteria) {
        return letters.list(criteria, 0, 9).stream().map(Summary::id).toList();
    }

    @Test
    void aLettersStateChangesOnceWithItsMessagesAndWhoDidIt() {
        letters.put(List.of(letter("l1"), letter("l2")));
        now = NOON.plusSeconds(1);
        Change begin = new Change("c1", State.NEW, State.REPLAYING, "ann", "amount mended");
        Summary begun = letters.change("l1", begin, List.of(draft("replay-l1"))).orElseThrow();
        assertThat(begun.state()).isEqualTo(State.REPLAYING);
        assertThat(begun.actor()).isEqualTo("ann");
        assertThat(begun.note()).isEqualTo("amount mended");
        assertThat(begun.changed()).isEqualTo(now);
        assertThat(letters.get("l1").orElseThrow().summary()).isEqualTo(begun);
        assertThat(letters.change("l1", new Change("c2", State.NEW, State.REPLAYING, "bob", null), List.of(draft("x"))))
                .as("somebody else was faster")
                .isEmpty();
        assertThat(letters.change("l1", begin, List.of(draft("y"))))
                .as("the answer was lost")
                .contains(begun);
        Change end = new Change("c3", State.REPLAYING, State.REPLAYED, "ann", null);
        Summary ended = letters.change("l1", end, List.of()).orElseThrow();
        assertThat(letters.change("l1", begin, List.of())).contains(ended);
        assertThat(letters.change("absent", end, List.of())).isEmpty();
        assertThat(letters.history("l1"))
                .extracting(DeadLetters.Changed::change)
                .containsExactly(begin, end);
        assertThat(letters.history("l2")).isEmpty();
        assertThat(outbox.next(0, 9)).extracting(it -> it.draft().id()).containsExactly("replay-l1");
        assertThat(letters.list(Criteria.of(State.NEW), 0, 9))
                .extracting(Summary::id)
                .containsExactly("l2");
        assertThat(letters.counts()).containsEntry(State.NEW, 1L).containsEntry(State.REPLAYED, 1L);
        assertThat(letters.put(List.of(letter("l1")))).isZero();
        assertThat(letters.list(Criteria.of(State.REPLAYED), 0, 9)).containsExactly(ended);
        refused(() -> letters.change("l2", begin, List.of(draft("z"))), "another");
    }

    @Test
    void onlyWhatEndedIsPruned() {
        letters.put(List.of(letter("l1"), letter("l2"), letter("l3")));
        letters.change("l1", new Change("c1", State.NEW, State.DISCARDED, "ann", "a test"), List.of());
        now = NOON.plusSeconds(60);
        letters.change("l2", new Change("c2", State.NEW, State.REPLAYED, "ann", null), List.of());
        assertThat(letters.prune(NOON.plusSeconds(60))).isEqualTo(1);
        assertThat(letters.list(Criteria.ALL, 0, 9)).extracting(Summary::id).containsExactly("l2", "l3");
        assertThat(letters.history("l1")).isEmpty();
        assertThat(letters.prune(Instant.MAX)).isEqualTo(1);
        assertThat(letters.oldestOpen()).contains(NOON);
    }

    @Test
    void whatWasPrunedIsNotNewWhenItComesAgain() {
        letters.put(List.of(letter("l1"), letter("l2")));
        letters.change("l1", new Change("c1", State.NEW, State.DISCARDED, "ann", null), List.of());
        now = NOON.plusSeconds(60);
        letters.prune(now);
        assertThat(letters.put(List.of(letter("l1"), letter("l2"), letter("l3"))))
                .isEqualTo(1);
        deliveries.settle(new Settlement(
                "s1", List.of(new Move("claims", 0, Move.NONE, 1)), List.of(), List.of(letter("l1")), List.of()));
        assertThat(letters.list(Criteria.ALL, 0, 9)).extracting(Summary::id).containsExactly("l2", "l3");
        assertThat(letters.get("l1")).isEmpty();
        assertThat(store.deadLetters("other").put(List.of(letter("l1")))).isEqualTo(1);
        now = now.plus(Duration.ofDays(366));
        letters.prune(NOON);
        assertThat(letters.put(List.of(letter("l1")))).as("a year later").isEqualTo(1);
    }

    @Test
    void aChangeThatIsMeantForAnEarlierStateIsNotMade() {
        letters.put(List.of(letter("l1")));
        letters.change("l1", new Change("c1", State.NEW, State.REPLAYING, "ann", null), List.of());
        Change meant = new Change("c2", State.REPLAYING, State.NEW, "bob", null, "c1");
        assertThat(letters.change("l1", meant, List.of())).isPresent();
        letters.change("l1", new Change("c3", State.NEW, State.REPLAYING, "ann", null), List.of());
        Change late = new Change("c4", State.REPLAYING, State.NEW, "eve", null, "c1");
        assertThat(letters.change("l1", late, List.of(draft("x")))).isEmpty();
        assertThat(letters.get("l1").orElseThrow().summary().state()).isEqualTo(State.REPLAYING);
        assertThat(letters.change("l1", meant, List.of()))
                .as("the answer was lost")
                .isPresent();
        assertThat(letters.history("l1")).extracting(it -> it.change().id()).containsExactly("c1", "c2", "c3");
        assertThat(outbox.next(0, 9)).isEmpty();
    }

    @Test
    void aThousandParallelReplaysAreOne() throws Exception {
        letters.put(List.of(letter("l1")));
        List<Integer> won = StoreContract.inParallel(10, thread -> {
            int wins = 0;
            for (int i = 0; i < 100; i++) {
                Change change = new Change(thread + "/" + i, State.NEW, State.REPLAYED, "node" + thread, null);
                wins += letters.change("l1", change, List.of(draft(change.id())))
                                .isPresent()
                        ? 1
                        : 0;
            }
            return wins;
        });
        assertThat(won.stream().mapToInt(wins -> wins).sum()).isEqualTo(1);
        assertThat(outbox.next(0, 9)).hasSize(1);
        assertThat(letters.history("l1")).hasSize(1);
    }

    @Test
    void whatWasSentComesNoMoreNorIsTakenAgain() {
        outbox.put(List.of(draft("a"), draft("b"), draft("c")));
        outbox.put(List.of(draft("b"), draft("d"), draft("d")));
        List<Waiting> all = outbox.next(0, 9);
        assertThat(all).extracting(it -> it.draft().id()).containsExactly("a", "b", "c", "d");
        assertThat(outbox.next(all.get(0).position(), 2))
                .extracting(it -> it.draft().id())
                .containsExactly("b", "c");
        now = NOON.plusSeconds(60);
        outbox.sent(List.of("c", "a", "absent"));
        outbox.sent(List.of("a"));
        outbox.sent(List.of());
        assertThat(outbox.next(0, 9)).extracting(it -> it.draft().id()).containsExactly("b", "d");
        outbox.put(List.of(draft("a")));
        assertThat(outbox.backlog()).isEqualTo(new Backlog(2, Optional.of(NOON)));
        assertThat(outbox.prune(now)).isZero();
        assertThat(outbox.prune(now.plusSeconds(1))).isEqualTo(2);
        outbox.put(List.of(draft("a")));
        assertThat(outbox.next(0, 9)).extracting(it -> it.draft().id()).containsExactly("b", "d", "a");
        outbox.sent(List.of("a", "b", "d"));
        assertThat(outbox.backlog()).isEqualTo(new Backlog(0, Optional.empty()));
    }

    @Test
    void largeMessagesComeAFewAtATime() {
        Message large = new Message(null, new byte[1 << 20], List.of());
        for (int i = 0; i < 18; i++) {
            outbox.put(List.of(new Draft("o" + i, "d", large)));
        }
        List<Waiting> first = outbox.next(0, 100);
        assertThat(first).hasSize(16);
        assertThat(outbox.next(first.get(15).position(), 100)).hasSize(2);
    }

    @Test
    void aDocumentAndItsMessageAreWrittenTogether() {
        Store.Entry entry = new Store.Entry("e1", "claims", "decisions", NOON, "approved");
        assertThat(store.replace("claims", "case1", 0, "approved", List.of(entry), List.of(draft("o1"))))
                .isPresent();
        assertThat(store.replace("claims", "case1", 0, "approved", List.of(entry), List.of(draft("o1"))))
                .as("the answer was lost")
                .isPresent();
        assertThat(store.replace("claims", "case1", 0, "denied", List.of(), List.of(draft("o2"))))
                .isEmpty();
        assertThat(outbox.next(0, 9)).extracting(it -> it.draft().id()).containsExactly("o1");
    }

    @Test
    void messagesUpToTheLimitAreTaken() {
        byte[] value = new byte[1 << 20];
        Arrays.fill(value, (byte) 0xff);
        Message.Header header = new Message.Header("é".repeat(10), new byte[(1 << 16) - 20]);
        Message largest = new Message(new byte[1 << 16], value, List.of(header));
        deliveries.settle(new Settlement(
                "s1",
                List.of(),
                List.of(new Decision("d1", "claims", 0, Long.MAX_VALUE, largest)),
                List.of(new Letter(
                        "l1",
                        "s".repeat(255),
                        "r".repeat(4_000),
                        "f".repeat(4_000),
                        "r".repeat(255),
                        "t".repeat(255),
                        0,
                        0,
                        NOON,
                        largest)),
                List.of(new Draft("o1", "claims", largest))));
        same(deliveries.decision("d1").orElseThrow().decision().message(), largest);
        same(letters.get("l1").orElseThrow().message(), largest);
        same(outbox.next(0, 9).get(0).draft().message(), largest);
    }

    @Test
    void whatBreaksALimitIsRefusedWithoutTellingIt() {
        List<Message.Header> none = List.of();
        refused(
                () -> outbox.put(List.of(of(new Message(new byte[(1 << 16) + 1], null, none)))),
                "key must have at most");
        refused(() -> outbox.put(List.of(of(new Message(null, new byte[(1 << 20) + 1], none)))), "1048576 bytes");
        List<Message.Header> many = Collections.nCopies(257, new Message.Header("secret", new byte[0]));
        refused(() -> outbox.put(List.of(of(new Message(null, null, many)))), "at most 256 headers");
        List<Message.Header> large = List.of(new Message.Header("secret", new byte[1 << 16]));
        refused(() -> outbox.put(List.of(of(new Message(null, null, large)))), "65536 bytes of headers");
        refused(() -> outbox.put(List.of(of(null))), "must not be null");
        refused(() -> settle(new Move("claims", 0, 3, 3)), "ends at must be at least 4, not 3");
        refused(() -> settle(new Move("claims", 0, -2, 3)), "begins at must be at least -1");
        refused(() -> settle(new Move("claims", -1, 0, 3)), "partition must be at least 0");
        refused(() -> settle(new Move("claims", 0, 0, 1), new Move("claims", 0, 1, 2)), "at most once");
        refused(() -> letters.put(List.of(letter("l".repeat(256)))), "dead letter's id must have");
        refused(
                () -> letters.change("l", new Change("c", State.NEW, State.NEW, "ann", null), List.of()),
                "to another one");
        refused(() -> store.outbox(""), "space of messages must have");
        refused(() -> outbox.next(0, -1), "0 or more");
        assertThat(outbox.next(0, 9)).isEmpty();
    }

    private void settle(Move... moves) {
        deliveries.settle(new Settlement("s", List.of(moves), List.of(), List.of(), List.of()));
    }

    private static Draft of(Message message) {
        return new Draft("secret", "claims", message);
    }

    protected static void refused(ThrowingCallable call, String requirement) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .withMessageContaining(requirement)
                .withMessageNotContaining("secret")
                .matches(e -> !e.unreachable());
    }
}
