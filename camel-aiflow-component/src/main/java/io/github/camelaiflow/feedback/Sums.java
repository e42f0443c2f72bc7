package io.github.camelaiflow.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts that add: of one process since it last wrote, or of all. Not thread-safe. */
final class Sums {

    /** Versions beyond are counted together. */
    private static final int MOST_VERSIONS = 200;

    private static final String OTHERS = "(others)";

    /** What is counted, not by version. */
    enum Kind {
        NOT_TRACKED,
        DUPLICATES,
        CONTRADICTIONS,
        LATE,
        NEVER_PREDICTED,
        /** Tries to give up predictions of which nobody knows how they ended. */
        EXPIRIES_IN_DOUBT
    }

    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private final Map<String, Long> tracked = new HashMap<>();
    private final Map<String, Long> expired = new HashMap<>();
    /** How many predictions were tracked in each span of time. */
    private final TreeMap<Long, Long> cohorts = new TreeMap<>();

    private Made made = new Made();

    void add(Kind kind, long times) {
        kinds.merge(kind, times, Long::sum);
    }

    /** @param span the milliseconds at which its span of time begins */
    void addTracked(String version, long cohort, long span) {
        addVersion(tracked, version, 1);
        made.add(version, span, 1);
        cohorts.merge(cohort, 1L, Long::sum);
    }

    void addExpired(String version) {
        addVersion(expired, version, 1);
    }

    void add(Sums other) {
        other.kinds.forEach(this::add);
        other.tracked.forEach((version, times) -> addVersion(tracked, version, times));
        other.expired.forEach((version, times) -> addVersion(expired, version, times));
        other.cohorts.forEach((cohort, times) -> cohorts.merge(cohort, times, Long::sum));
        made.add(other.made);
    }

    static void addVersion(Map<String, Long> counts, String version, long times) {
        boolean known = counts.containsKey(version) || counts.size() < MOST_VERSIONS;
        counts.merge(known ? version : OTHERS, times, Long::sum);
    }

    /** Drops cohorts before that one, and spans that begin before. */
    void trim(long cohort, Instant before) {
        cohorts.headMap(cohort).clear();
        made.trim(before);
    }

    boolean isEmpty() {
        return kinds.isEmpty() && tracked.isEmpty() && expired.isEmpty();
    }

    long of(Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    Map<String, Long> tracked() {
        return tracked;
    }

    Map<String, Long> expired() {
        return expired;
    }

    TreeMap<Long, Long> cohorts() {
        return cohorts;
    }

    Made made() {
        return made;
    }

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    void write(ObjectNode json) {
        ObjectNode counts = json.putObject("counts");
        kinds.forEach((kind, times) -> counts.put(kind.name(), times));
        writeMap(json.putObject("tracked"), tracked);
        writeMap(json.putObject("expired"), expired);
        ObjectNode spans = json.putObject("cohorts");
        cohorts.forEach((cohort, times) -> spans.put(Long.toString(cohort), times));
        made.write(json.putObject("made"));
    }

    static void writeMap(ObjectNode json, Map<String, Long> counts) {
        new TreeMap<>(counts).forEach(json::put);
    }

    /** @throws IllegalArgumentException if it is not what {@link #write} writes */
    static Sums read(JsonNode json) {
        Sums sums = new Sums();
        readMap(json.path("counts")).forEach((kind, times) -> sums.add(Kind.valueOf(kind), times));
        sums.tracked.putAll(readMap(json.path("tracked")));
        sums.expired.putAll(readMap(json.path("expired")));
        readMap(json.path("cohorts")).forEach((cohort, times) -> sums.cohorts.put(Long.parseLong(cohort), times));
        sums.made = Made.read(json.path("made"));
        return sums;
    }

    static Map<String, Long> readMap(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("counts are missing");
        }
        Map<String, Long> counts = new HashMap<>();
        json.properties().forEach(count -> {
            JsonNode times = count.getValue();
            if (!times.isIntegralNumber() || times.longValue() < 0) {
                throw new IllegalArgumentException("a count must be a whole number, not negative");
            }
            counts.put(count.getKey(), times.longValue());
        });
        return counts;
    }
}
