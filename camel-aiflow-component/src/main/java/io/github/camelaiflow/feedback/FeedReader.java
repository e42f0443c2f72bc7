package io.github.camelaiflow.feedback;

import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.JoinTable.Joined;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Goes through all that was joined, by whichever node, each pair once. Not thread-safe. */
final class FeedReader {

    static final int CHUNK = 1_000;

    private final JoinTable table;
    private final Duration limit;
    private final FeedCounts counts;
    private final DelayTally delays;
    private final Consumer<Pair> consumer;
    private long position;

    FeedReader(JoinTable table, Duration limit, FeedCounts counts, DelayTally delays, Consumer<Pair> consumer) {
        this.table = table;
        this.limit = limit;
        this.counts = counts;
        this.delays = delays;
        this.consumer = consumer;
    }

    /**
     * Reads on.
     *
     * @return how many pairs were there; fewer than {@link #CHUNK} means that no more are there now
     */
    int read() {
        List<Joined> chunk = table.joined(position, CHUNK);
        for (Joined joined : chunk) {
            Pair pair = Pair.of(joined, limit);
            position = joined.position();
            counts.add(position, pair);
            delays.add(pair);
            consumer.accept(pair);
        }
        return chunk.size();
    }
}
