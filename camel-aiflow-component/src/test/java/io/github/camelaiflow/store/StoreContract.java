package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.store.Store.Document;
import io.github.camelaiflow.store.Store.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
public abstract class StoreContract {

    protected static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private Instant now = NOON;
    private Store store;

    /** An open store without content. */
    protected abstract Store create(InstantSource clock);

    /** Whether the store outlives the process. */
    protected abstract boolean durable();

    @BeforeEach
    void open() {
        store = create(() -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tellsWhetherItIsDurable() {
        assertThat(store.durable()).isEqualTo(durable());
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store.get("claims", "rollout")).isEmpty();
        assertThat(store.list("claims", "")).isEmpty();
        assertThat(store.log("claims", "decisions", 10)).isEmpty();
    }

    @Test
    void aDocumentIsFoundAsItWasWritten() {
        Document written = store.write("claims", "rollout", "{\"α\":\"𝛼 \\\\ ' \n\"}");
        assertThat(written).isEqualTo(new Document("claims", "rollout", 1, "{\"α\":\"𝛼 \\\\ ' \n\"}", NOON));
        assertThat(store.get("claims", "rollout")).contains(written);
        assertThat(store.get("claims", "Rollout")).isEmpty();
        assertThat(store.get("other", "rollout")).isEmpty();
    }

    @Test
    void everyWritingMakesANewRevision() {
        store.write("claims", "rollout", "first");
        now = NOON.plusSeconds(1);
        Document second = store.write("claims", "rollout", "second");
        assertThat(second).isEqualTo(new Document("claims", "rollout", 2, "second", now));
        assertThat(store.get("claims", "rollout")).contains(second);
        assertThat(store.replace("claims", "rollout", 2, "third", List.of()))
                .map(Document::revision)
                .contains(3L);
    }

    @Test
    void timesAreKeptToTheMicrosecond() {
        now = NOON.plusNanos(789);
        store.append(List.of(entry("a", now)));
        assertThat(store.write("claims", "rollout", "x").time()).isEqualTo(NOON);
        assertThat(store.get("claims", "rollout")).map(Document::time).contains(NOON);
        assertThat(store.log("claims", "decisions", 1)).extracting(Entry::time).containsExactly(NOON);
    }

    @Test
    void anOldRevisionIsNotReplaced() {
        assertThat(store.replace("claims", "rollout", 1, "x", List.of())).isEmpty();
        assertThat(store.replace("claims", "rollout", 0, "first", List.of())).isPresent();
        assertThat(store.replace("claims", "rollout", 0, "again", List.of())).isEmpty();
        assertThat(store.replace("claims", "rollout", 1, "second", List.of())).isPresent();
        assertThat(store.replace("claims", "rollout", 1, "late", List.of(entry("late", NOON))))
                .isEmpty();
        assertThat(store.get("claims", "rollout")).map(Document::content).contains("second");
        assertThat(store.log("claims", "decisions", 9)).isEmpty();
    }

    @Test
    void aReplacementIsWrittenWithItsEntries() {
        store.replace("claims", "rollout", 0, "first", List.of(entry("a", NOON), entry("b", NOON)));
        assertThat(store.log("claims", "decisions", 9)).containsExactly(entry("b", NOON), entry("a", NOON));
    }

    @Test
    void aReplacementTriedAgainIsAnsweredAsTheFirstTime() {
        List<Entry> entries = List.of(entry("a", NOON));
        Optional<Document> first = store.replace("claims", "rollout", 0, "first", entries);
        now = NOON.plusSeconds(3);
        assertThat(store.replace("claims", "rollout", 0, "first", entries)).isEqualTo(first);
        assertThat(store.replace("claims", "rollout", 0, "first", List.of(entry("b", NOON))))
                .isEmpty();
        assertThat(store.replace("claims", "rollout", 0, "another", entries)).isEmpty();
        Optional<Document> second = store.replace("claims", "rollout", 1, "second", List.of(entry("c", NOON)));
        assertThat(store.replace("claims", "rollout", 1, "second", List.of(entry("c", NOON))))
                .isEqualTo(second);
        assertThat(store.replace("claims", "rollout", 0, "first", entries)).isEmpty();
        assertThat(store.log("claims", "decisions", 9)).extracting(Entry::id).containsExactly("c", "a");
    }

    @Test
    void anEntryIsWrittenOnce() {
        store.append(List.of(entry("a", NOON), entry("a", NOON)));
        store.append(List.of(entry("b", NOON), entry("a", NOON), entry("c", NOON)));
        store.replace("claims", "rollout", 0, "first", List.of(entry("c", NOON), entry("d", NOON)));
        assertThat(store.log("claims", "decisions", 9)).extracting(Entry::id).containsExactly("d", "c", "b", "a");
    }

    @Test
    void theLastWrittenEntryIsFirstWhateverTheClockSays() {
        store.append(List.of(entry("a", NOON)));
        store.append(List.of(entry("b", NOON.minus(Duration.ofDays(1)))));
        store.append(List.of(new Entry("else", "claims", "other", NOON, "x")));
        assertThat(store.log("claims", "decisions", 9)).extracting(Entry::id).containsExactly("b", "a");
        assertThat(store.log("claims", "decisions", 1)).extracting(Entry::id).containsExactly("b");
        assertThat(store.log("claims", "decisions", 0)).isEmpty();
    }

    @Test
    void documentsAreListedByPrefixInOrder() {
        for (String key : List.of("node/b", "node/a", "node", "nodes", "Node/c", "node/%", "node_x", "node!")) {
            store.write("claims", key, key);
        }
        store.write("other", "node/z", "");
        assertThat(keys("node/")).containsExactly("node/%", "node/a", "node/b");
        assertThat(keys("node/%")).containsExactly("node/%");
        assertThat(keys("node_")).containsExactly("node_x");
        assertThat(keys("node!")).containsExactly("node!");
        assertThat(keys("")).hasSize(8).isSorted();
        assertThat(keys("z")).isEmpty();
    }

    private List<String> keys(String prefix) {
        return store.list("claims", prefix).stream().map(Document::key).toList();
    }

    @Test
    void whatIsOldIsPruned() {
        store.write("claims", "old", "x");
        store.write("other", "old", "x");
        store.append(List.of(entry("a", NOON), entry("b", NOON.plusSeconds(2))));
        store.append(List.of(new Entry("else", "other", "decisions", NOON, "x")));
        now = NOON.plusSeconds(2);
        store.write("claims", "new", "x");
        assertThat(store.prune("claims", NOON)).isZero();
        assertThat(store.prune("claims", NOON.plusSeconds(1))).isEqualTo(2);
        assertThat(keys("")).containsExactly("new");
        assertThat(store.log("claims", "decisions", 9)).extracting(Entry::id).containsExactly("b");
        assertThat(store.get("other", "old")).isPresent();
        assertThat(store.log("other", "decisions", 9)).hasSize(1);
        assertThat(store.prune("claims", Instant.MIN)).isZero();
        assertThat(store.prune("claims", Instant.MAX)).isEqualTo(2);
        assertThat(store.write("claims", "old", "anew").revision()).isEqualTo(1);
    }

    @Test
    void namesAndContentUpToTheLimitAreTaken() {
        String name = "n".repeat(255);
        String content = "é".repeat(1 << 19);
        Document document = store.write(name, name, content);
        assertThat(store.get(name, name)).contains(document);
        Entry entry = new Entry(name, name, name, NOON, content);
        store.append(List.of(entry));
        assertThat(store.log(name, name, 1)).containsExactly(entry);
        assertThat(store.write("claims", "empty", "").content()).isEmpty();
    }

    @Test
    void whatBreaksALimitIsRefusedWithoutTellingIt() {
        refused(() -> store.write("claims", "rollout", "secret".repeat(1 << 18)), "at most 1048576 bytes");
        refused(() -> store.write("claims", "rollout", "é".repeat((1 << 19) + 1)), "at most 1048576 bytes");
        refused(() -> store.write("claims", "rollout", "secret\0"), "U+0000");
        refused(() -> store.write("claims", "rollout", "secret\ud800"), "unpaired surrogates");
        refused(() -> store.write("claims", "k".repeat(256), "x"), "document's key must have 1 to 255 characters");
        refused(() -> store.write("", "rollout", "x"), "document's space must have 1 to 255 characters");
        refused(() -> store.get("claims", null), "document's key must have 1 to 255 characters, not none");
        Entry longId = new Entry("i".repeat(256), "claims", "decisions", NOON, "x");
        refused(() -> store.replace("claims", "rollout", 0, "x", List.of(longId)), "entry's id must have");
        refused(() -> store.append(List.of(entry("a", Instant.MAX))), "years 1 to 9999");
        refused(() -> store.log("claims", "decisions", -1), "0 or more");
        assertThat(store.list("claims", "")).isEmpty();
        assertThat(store.log("claims", "decisions", 9)).isEmpty();
    }

    private static void refused(Callable<?> call, String requirement) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call::call)
                .withMessageContaining(requirement)
                .withMessageNotContaining("secret")
                .matches(e -> !e.unreachable());
    }

    private static void refused(Runnable call, String requirement) {
        refused(Executors.callable(call), requirement);
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();
        store.close();
        refused(() -> store.get("claims", "rollout"), "closed");
    }

    @Test
    void ofThreadsThatRaceForARevisionOneWins() throws Exception {
        int rounds = 25;
        int threads = 8;
        List<Integer> wins = inParallel(threads, thread -> {
            int won = 0;
            for (int revision = 0; revision < rounds; revision++) {
                String id = revision + "/" + thread;
                if (store.replace("claims", "race", revision, id, List.of(entry(id, NOON)))
                        .isPresent()) {
                    won++;
                }
                while (store.get("claims", "race").map(Document::revision).orElse(0L) <= revision) {
                    Thread.onSpinWait();
                }
            }
            return won;
        });
        assertThat(wins.stream().mapToInt(won -> won).sum()).isEqualTo(rounds);
        List<String> winners =
                store.log("claims", "decisions", 100).stream().map(Entry::id).toList();
        assertThat(winners).hasSize(rounds).doesNotHaveDuplicates();
        assertThat(store.get("claims", "race")).map(Document::content).contains(winners.get(0));
        assertThat(winners)
                .as("the log's order is the revisions'")
                .extracting(id -> rounds - 1 - Integer.parseInt(id.substring(0, id.indexOf('/'))))
                .containsExactlyElementsOf(IntStream.range(0, rounds).boxed().toList());
    }

    @Test
    void aThousandDoubleSubmitsMakeOneEntry() throws Exception {
        Entry entry = entry("once", NOON);
        inParallel(10, thread -> {
            for (int i = 0; i < 100; i++) {
                store.append(List.of(entry));
            }
            return null;
        });
        assertThat(store.log("claims", "decisions", 9)).containsExactly(entry);
    }

    @Test
    void twoWritersOfTheSameEntriesInOppositeOrderSucceed() throws Exception {
        List<Entry> forth =
                IntStream.range(0, 20).mapToObj(i -> entry("e" + i, NOON)).toList();
        List<Entry> back = new ArrayList<>(forth);
        Collections.reverse(back);
        inParallel(2, thread -> {
            store.append(thread == 0 ? forth : back);
            return null;
        });
        assertThat(store.log("claims", "decisions", 99)).containsExactlyInAnyOrderElementsOf(forth);
    }

    @Test
    void countersLoseNothing() throws Exception {
        inParallel(8, thread -> {
            for (int i = 0; i < 20; ) {
                Optional<Document> old = store.get("claims", "counter");
                int value = old.map(document -> Integer.parseInt(document.content()))
                                .orElse(0)
                        + 1;
                long revision = old.map(Document::revision).orElse(0L);
                if (store.replace("claims", "counter", revision, "" + value, List.of())
                        .isPresent()) {
                    i++;
                }
            }
            return null;
        });
        assertThat(store.get("claims", "counter")).map(Document::content).contains("160");
    }

    @Test
    void whateverNodesDoAtOnceDocumentsAndLogsAgree() throws Exception {
        List<List<String>> won = inParallel(4, thread -> actions(thread, new Random(20261122 + thread)));
        int sum = 0;
        for (String key : List.of("a", "b", "c")) {
            List<Entry> log = store.log("claims", key, 1_000);
            Optional<Document> document = store.get("claims", key);
            assertThat(document.map(Document::revision).orElse(0L)).isEqualTo(log.size());
            assertThat(log)
                    .extracting(entry -> entry.content())
                    .containsExactlyElementsOf(IntStream.range(0, log.size())
                            .mapToObj(i -> "" + (log.size() - i))
                            .toList());
            assertThat(won.stream().flatMap(List::stream))
                    .containsAll(log.stream().map(Entry::id).toList());
            sum += log.size();
        }
        assertThat(won.stream().mapToInt(List::size).sum()).isEqualTo(sum);
    }

    /** Replaces, loses races, and submits again what it has won before; gives the ids of entries it won with. */
    private List<String> actions(int thread, Random random) {
        List<String> won = new ArrayList<>();
        List<Entry> written = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String key = List.of("a", "b", "c").get(random.nextInt(3));
            long revision = store.get("claims", key).map(Document::revision).orElse(0L);
            if (random.nextInt(4) == 0 && revision > 0) {
                revision--;
            }
            String id = thread + "/" + i;
            List<Entry> entries = List.of(new Entry(id, "claims", key, NOON, "" + (revision + 1)));
            if (store.replace("claims", key, revision, id, entries).isPresent()) {
                won.add(id);
                written.addAll(entries);
            }
            if (!written.isEmpty() && random.nextBoolean()) {
                store.append(List.of(written.get(random.nextInt(written.size()))));
            }
        }
        return won;
    }

    protected static Entry entry(String id, Instant time) {
        return new Entry(id, "claims", "decisions", time, "{\"id\":\"" + id + "\"}");
    }

    /** What is done by one of several threads. */
    protected interface Part<T> {
        T run(int thread) throws Exception;
    }

    protected static <T> List<T> inParallel(int threads, Part<T> part) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(executor.submit(() -> part.run(thread)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
