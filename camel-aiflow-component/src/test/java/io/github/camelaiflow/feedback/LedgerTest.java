package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.feedback.Sums.Kind;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Store store = new MemoryStore(() -> Nodes.START);

    @Test
    void everyCountIsThereOnceThoughWritersMeetAndTheStoreBreaks() {
        Random random = new Random(5);
        List<FlakyStore> ways = new ArrayList<>();
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FlakyStore way = new FlakyStore(store);
            way.breaksBefore = () -> random.nextInt(5) == 0;
            way.breaksAfter = () -> random.nextInt(5) == 0;
            ways.add(way);
            ledgers.add(new Ledger(way, "feedback/claims", "writer" + i));
        }
        int counted = 0;
        for (int i = 0; i < 20_000; i++) {
            int k = random.nextInt(4);
            Ledger ledger = ledgers.get(k);
            if (random.nextInt(500) == 0) {
                shareSurely(ways.get(k), ledger);
                // another takes its place under its name
                ledger = new Ledger(ways.get(k), "feedback/claims", "writer" + k);
                ledgers.set(k, ledger);
            }
            if (random.nextBoolean()) {
                ledger.count(sums -> sums.add(Kind.DUPLICATES, 1));
                counted++;
            } else {
                share(ledger);
            }
        }
        ways.forEach(way -> way.breaksBefore = () -> false);
        ways.forEach(way -> way.breaksAfter = () -> false);
        ledgers.forEach(LedgerTest::share);
        ledgers.forEach(LedgerTest::share);
        for (Ledger ledger : ledgers) {
            assertThat(ledger.sums().of(Kind.DUPLICATES)).isEqualTo(counted);
        }
    }

    private static void shareSurely(FlakyStore way, Ledger ledger) {
        BooleanSupplier before = way.breaksBefore;
        BooleanSupplier after = way.breaksAfter;
        way.breaksBefore = () -> false;
        way.breaksAfter = () -> false;
        share(ledger);
        way.breaksBefore = before;
        way.breaksAfter = after;
    }

    private static void share(Ledger ledger) {
        try {
            ledger.share(new FeedCounts(), 0, Instant.EPOCH);
        } catch (StoreException e) {
            // the next time
        }
    }

    @Test
    void aDamagedDocumentBeginsAnew() {
        for (String content : List.of("", "{}", "{\"f\":1}", "{\"f\":7}", "{\"f\":1,\"counts\":{\"DUPLICATES\":-1}}")) {
            store.write("feedback/claims", "counts", content);
            Ledger ledger = new Ledger(store, "feedback/claims", "writer");
            ledger.count(sums -> sums.add(Kind.LATE, 3));
            share(ledger);
            assertThat(ledger.sums().of(Kind.LATE)).isEqualTo(3);
        }
    }

    @Test
    void whatFailsStaysToBeWritten() {
        FlakyStore way = new FlakyStore(store);
        Ledger ledger = new Ledger(way, "feedback/claims", "writer");
        ledger.count(sums -> sums.addTracked("v1", 7, 40));
        way.away = true;
        assertThatThrownBy(() -> ledger.share(new FeedCounts(), 0, Instant.EPOCH))
                .isInstanceOf(StoreException.class);
        assertThat(ledger.sums().tracked()).containsEntry("v1", 1L);
        way.away = false;
        share(ledger);
        Ledger other = new Ledger(store, "feedback/claims", "other");
        share(other);
        assertThat(other.sums().tracked()).containsEntry("v1", 1L);
        assertThat(other.sums().cohorts()).containsEntry(7L, 1L);
        ledger.count(sums -> sums.addTracked("v1", 9, 50));
        ledger.share(new FeedCounts(), 8, Instant.ofEpochMilli(50));
        assertThat(ledger.sums().cohorts()).containsOnlyKeys(9L);
        assertThat(ledger.sums().made().spans(Instant.EPOCH, Duration.ofMillis(10)))
                .containsExactly(new TrackedSpan("v1", Instant.ofEpochMilli(50), Instant.ofEpochMilli(60), 1));
    }

    @Test
    void aDocumentOfBeforeSpansWereCountedIsRead() {
        store.write("feedback/claims", "counts", """
                {"f":1,"writers":{},"counts":{"LATE":2},"tracked":{"v1":7},"expired":{},"cohorts":{"3":7},
                 "feed":{"position":0,"unreadable":0,"joined":{},"late":{}}}""");
        Ledger ledger = new Ledger(store, "feedback/claims", "writer");
        share(ledger);
        assertThat(ledger.sums().of(Kind.LATE)).isEqualTo(2);
        assertThat(ledger.sums().tracked()).containsEntry("v1", 7L);
        assertThat(ledger.sums().made().spans(Instant.EPOCH, Duration.ofMillis(10)))
                .isEmpty();
    }

    @Test
    void theDocumentStaysBounded() {
        for (int i = 0; i < 1_000; i++) {
            Ledger ledger = new Ledger(store, "feedback/claims", "process " + i);
            String version = "version " + i;
            ledger.count(sums -> sums.addTracked(version, 1, 0));
            share(ledger);
        }
        Store.Document document = store.get("feedback/claims", "counts").orElseThrow();
        assertThat(document.content()).hasSizeLessThan(10_000);
        Ledger ledger = new Ledger(store, "feedback/claims", "last");
        share(ledger);
        assertThat(Sums.sum(ledger.sums().tracked())).isEqualTo(1_000);
        assertThat(ledger.sums().tracked()).hasSizeLessThanOrEqualTo(201);
    }
}
