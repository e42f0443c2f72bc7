package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.LabelDelays;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.JoinTable.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is to be done now and then: reading on in what was joined, giving up what has waited for too long, counting, forgetting. For one thread
 * at a time, but for what it last found. If the store breaks, the next run goes on.
 */
final class Upkeep {

    private static final Duration ACCOUNTS = Duration.ofSeconds(10);
    private static final Duration PRUNING = Duration.ofHours(1);

    /** A run must end; the next one goes on. */
    private static final int CHUNKS = 20;

    private final FeedbackConfig config;
    private final JoinTable table;
    private final boolean durable;
    private final Ledger ledger;
    private final DelayTally tally;
    private final FeedCounts feed = new FeedCounts();
    private final FeedReader reader;
    private final Expiry expiry;
    private Instant accounted;
    private Instant pruned;
    private volatile FeedbackCounts counts;
    private volatile List<TrackedSpan> tracked = List.of();
    private volatile LabelDelays delays = LabelDelays.UNKNOWN;

    /** @param consumer of each pair of the feed */
    Upkeep(
            FeedbackConfig config,
            JoinTable table,
            boolean durable,
            Ledger ledger,
            DelayTally tally,
            Consumer<Pair> consumer) {
        this.config = config;
        this.table = table;
        this.durable = durable;
        this.ledger = ledger;
        this.tally = tally;
        this.reader = new FeedReader(table, config.limit(), feed, tally, consumer);
        this.expiry = new Expiry(table, ledger);
        this.counts = Accounts.of(new Sums(), new Waiting(0, 0), feed, durable, null);
    }

    void run(Instant now) {
        if (accounted == null) {
            // what was joined and is pruned by now is counted there alone
            share(now);
        }
        boolean all = read();
        if (due(accounted, least(ACCOUNTS, config.limit().dividedBy(10)), now)) {
            expiry.run(now.minus(config.limit()));
            share(now);
            account(now);
            accounted = now;
        }
        if (all && ledger.position() == feed.position() && due(pruned, least(PRUNING, config.retention()), now)) {
            table.prune(now.minus(config.retention()));
            pruned = now;
        }
    }

    /** Adds what this node counted to what all have. */
    void share(Instant now) {
        ledger.share(feed, tally.first(now), now.minus(config.retention()));
    }

    /** Whether all is read. */
    private boolean read() {
        for (int i = 0; i < CHUNKS; i++) {
            if (reader.read() < FeedReader.CHUNK) {
                return true;
            }
        }
        return false;
    }

    private void account(Instant now) {
        Sums sums = ledger.sums();
        Waiting waiting = table.waiting();
        read();
        counts = Accounts.of(sums, waiting, feed, durable, now);
        tracked = sums.made().spans(now.minus(config.retention()), Made.span(config.retention()));
        delays = tally.delays(sums.cohorts(), now);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Also when the clock went back. */
    private static boolean due(Instant last, Duration interval, Instant now) {
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(interval));
    }

    /** As last counted. Thread-safe. */
    FeedbackCounts counts() {
        return counts;
    }

    /** As last counted. Thread-safe. */
    List<TrackedSpan> tracked() {
        return tracked;
    }

    /** As last found. Thread-safe. */
    LabelDelays delays() {
        return delays;
    }
}
