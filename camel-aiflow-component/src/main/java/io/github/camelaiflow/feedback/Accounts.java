package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.FeedbackCounts.ByVersion;
import io.github.camelaiflow.feedback.Sums.Kind;
import io.github.camelaiflow.store.JoinTable.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the counts agree. What waits and what is joined the table knows for sure. What was tracked and what was given up is counted by the nodes:
 * should an answer of the table have been lost, what was given up then is found as what is missing. What is then tracked is the sum.
 */
final class Accounts {

    private Accounts() {}

    /**
     * The counts as they are.
     *
     * @param sums what the nodes counted: taken first
     * @param waiting what waits: taken after the sums, so that nothing seems to be missing that only came in the meantime
     * @param feed what is joined: taken last, for the same reason
     */
    static FeedbackCounts of(Sums sums, Waiting waiting, FeedCounts feed, boolean durable, Instant time) {
        long joined = Sums.sum(feed.joined());
        long late = Sums.sum(feed.late());
        long expired = Sums.sum(sums.expired());
        long missing = Sums.sum(sums.tracked()) - waiting.left() - joined - late - expired;
        long doubtful = Math.multiplyExact(sums.of(Kind.EXPIRIES_IN_DOUBT), (long) Expiry.CHUNK);
        long neverLabelled = late + expired + Math.max(0, Math.min(missing, doubtful));
        return new FeedbackCounts(
                waiting.left() + joined + neverLabelled,
                sums.of(Kind.NOT_TRACKED),
                waiting.left(),
                joined,
                neverLabelled,
                waiting.right(),
                sums.of(Kind.DUPLICATES),
                sums.of(Kind.CONTRADICTIONS),
                sums.of(Kind.LATE),
                sums.of(Kind.NEVER_PREDICTED),
                feed.unreadable(),
                versions(sums, feed),
                0,
                durable,
                time);
    }

    private static Map<String, ByVersion> versions(Sums sums, FeedCounts feed) {
        TreeSet<String> names = new TreeSet<>(sums.tracked().keySet());
        names.addAll(sums.expired().keySet());
        names.addAll(feed.joined().keySet());
        names.addAll(feed.late().keySet());
        Map<String, ByVersion> versions = new TreeMap<>();
        for (String name : names) {
            long never = of(sums.expired(), name) + of(feed.late(), name);
            versions.put(name, new ByVersion(of(sums.tracked(), name), of(feed.joined(), name), never));
        }
        return versions;
    }

    private static long of(Map<String, Long> counts, String name) {
        return counts.getOrDefault(name, 0L);
    }
}
