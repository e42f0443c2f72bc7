package io.github.camelaiflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a ledger says of records. */
class LedgerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Ledger ledger = new Ledger();

    @Test
    void accountsForEachRecord() {
        ledger.taken(10);
        assertThat(ledger.account().pending()).isEqualTo(10);
        ledger.settled(8, 2, NOW);
        ledger.taken(5);
        ledger.failed("commit", new IllegalStateException());
        ledger.returned(5);
        ledger.recovered(Duration.ofSeconds(2));
        ledger.recovered(Duration.ofSeconds(1));
        Ledger.Account account = ledger.account();
        assertThat(account)
                .isEqualTo(new Ledger.Account(
                        10, 8, 2, 5, 0, Map.of("commit", 1L), NOW, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(account.gap()).isZero();
    }

    @Test
    void whatNeverCameShowsAsAGap() {
        ledger.taken(10);
        ledger.settled(11, 0, NOW);
        assertThat(ledger.account().gap()).isEqualTo(-1);
    }

    @Test
    void timeOfTheLastCommitNeverGoesBack() {
        ledger.settled(0, 0, NOW);
        ledger.settled(0, 0, NOW.minusSeconds(5));
        assertThat(ledger.account().lastCommit()).isEqualTo(NOW);
    }

    @Test
    void holdsWithManyThreads() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Void> work = () -> {
                for (int i = 0; i < 1000; i++) {
                    ledger.taken(3);
                    ledger.returned(3);
                    ledger.taken(3);
                    ledger.settled(2, 1, NOW);
                    assertThat(ledger.account().gap()).isZero();
                }
                return null;
            };
            for (var done :
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> work).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ledger.account().in()).isEqualTo(24_000);
        assertThat(ledger.account().pending()).isZero();
    }
}
