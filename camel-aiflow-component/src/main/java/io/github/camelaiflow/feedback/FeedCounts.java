package io.github.camelaiflow.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * What the feed has held up to a position, with what is pruned since. All nodes that have read so far have the same, so that any of them may
 * write it down. Not thread-safe.
 */
final class FeedCounts {

    private final Map<String, Long> joined = new HashMap<>();
    private final Map<String, Long> late = new HashMap<>();
    private long position;
    private long unreadable;

    /** Counts a pair, unless it was counted before. */
    void add(long at, Pair pair) {
        if (at <= position) {
            return;
        }
        position = at;
        Sums.addVersion(pair.late() ? late : joined, pair.version(), 1);
        if (pair.outcome() == null) {
            unreadable++;
        }
    }

    /** Takes up the other's if they go further. */
    void advance(FeedCounts other) {
        if (other.position > position) {
            position = other.position;
            unreadable = other.unreadable;
            joined.clear();
            joined.putAll(other.joined);
            late.clear();
            late.putAll(other.late);
        }
    }

    FeedCounts copy() {
        FeedCounts copy = new FeedCounts();
        copy.advance(this);
        return copy;
    }

    long position() {
        return position;
    }

    Map<String, Long> joined() {
        return joined;
    }

    Map<String, Long> late() {
        return late;
    }

    long unreadable() {
        return unreadable;
    }

    void write(ObjectNode json) {
        json.put("position", position).put("unreadable", unreadable);
        Sums.writeMap(json.putObject("joined"), joined);
        Sums.writeMap(json.putObject("late"), late);
    }

    /** @throws IllegalArgumentException if it is not what {@link #write} writes */
    static FeedCounts read(JsonNode json) {
        JsonNode position = json.path("position");
        JsonNode unreadable = json.path("unreadable");
        if (!position.isIntegralNumber() || !unreadable.isIntegralNumber()) {
            throw new IllegalArgumentException("a position is missing");
        }
        FeedCounts counts = new FeedCounts();
        counts.position = position.longValue();
        counts.unreadable = unreadable.longValue();
        counts.joined.putAll(Sums.readMap(json.path("joined")));
        counts.late.putAll(Sums.readMap(json.path("late")));
        return counts;
    }
}
