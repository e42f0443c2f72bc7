package io.github.camelaiflow.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many predictions each version made in each span of time, for as long as pairs are kept: what their labels are a share of. Of more
 * versions than 50 those that answered last are kept. Not thread-safe.
 */
final class Made {

    private static final int MOST_VERSIONS = 50;
    private static final int SPANS = 256;

    /** By version, then by the milliseconds at which a span begins. */
    private final Map<String, TreeMap<Long, Long>> versions = new HashMap<>();

    /** The spans that a retention is divided into. */
    static Duration span(Duration retention) {
        return Duration.ofMillis(Math.max(1, retention.toMillis() / SPANS));
    }

    static long start(Instant time, Duration span) {
        return Math.floorDiv(time.toEpochMilli(), span.toMillis()) * span.toMillis();
    }

    void add(String version, long start, long times) {
        versions.computeIfAbsent(version, key -> new TreeMap<>()).merge(start, times, Long::sum);
        if (versions.size() > MOST_VERSIONS) {
            versions.entrySet().stream()
                    .min(Map.Entry.<String, TreeMap<Long, Long>>comparingByValue(
                                    (one, other) -> Long.compare(one.lastKey(), other.lastKey()))
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .ifPresent(versions::remove);
        }
    }

    void add(Made other) {
        other.versions.forEach((version, spans) -> spans.forEach((start, times) -> add(version, start, times)));
    }

    /** Drops spans that begin before. */
    void trim(Instant before) {
        versions.values().forEach(spans -> spans.headMap(before.toEpochMilli()).clear());
        versions.values().removeIf(Map::isEmpty);
    }

    /** The spans that begin at that time or later, of each version in order. */
    List<TrackedSpan> spans(Instant from, Duration length) {
        List<TrackedSpan> found = new ArrayList<>();
        versions.forEach((version, spans) -> spans.tailMap(from.toEpochMilli()).forEach((start, times) -> {
            Instant begins = Instant.ofEpochMilli(start);
            found.add(new TrackedSpan(version, begins, begins.plus(length), times));
        }));
        return found;
    }

    void write(ObjectNode json) {
        new TreeMap<>(versions).forEach((version, spans) -> {
            ObjectNode counts = json.putObject(version);
            spans.forEach((start, times) -> counts.put(Long.toString(start), times));
        });
    }

    /**
     * @param json missing in a document of before this was counted
     * @throws IllegalArgumentException if it is not what {@link #write} writes
     */
    static Made read(JsonNode json) {
        Made made = new Made();
        json.properties().forEach(version -> Sums.readMap(version.getValue())
                .forEach((start, times) -> made.add(version.getKey(), Long.parseLong(start), times)));
        return made;
    }
}
