package io.github.camelaiflow.feedback.quality;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** A version's outcomes in one segment, or in all. Not thread-safe. */
final class Cell {

    /** About 5 KiB each, 3 KiB without probabilities. */
    static final int MOST_WINDOWS = 50;

    private final QualityConfig config;
    private final Name segment;
    private final Tally raw;
    private final Tally matured;
    private final Cohorts cohorts = new Cohorts();
    private final TreeMap<Long, WindowTally> windows = new TreeMap<>();

    Cell(QualityConfig config, Name segment) {
        this.config = config;
        this.segment = segment;
        this.raw = new Tally(config);
        this.matured = new Tally(config);
    }

    void predicted(Instant at, long times) {
        cohorts.predicted(at, times);
    }

    void complete(Instant from) {
        cohorts.complete(from);
    }

    void add(Scored scored, int mostWindows) {
        long number = window(scored);
        raw.add(scored);
        cohorts.labelled(scored.predictedAt());
        boolean gone = windows.size() >= mostWindows && number < windows.firstKey();
        if (!gone) {
            windows.computeIfAbsent(number, key -> new WindowTally(key, config)).add(scored);
        }
        while (windows.size() > mostWindows) {
            windows.pollFirstEntry();
        }
    }

    private long window(Scored scored) {
        QualityConfig.Span span = config.window();
        return span.time() == null
                ? raw.count() / span.labels() + 1
                : Math.floorDiv(scored.predictedAt().toEpochMilli(), span.time().toMillis());
    }

    void matured(Scored scored) {
        matured.add(scored);
    }

    long labels() {
        return raw.count();
    }

    /**
     * @param before predictions made until then have matured
     */
    SegmentQuality told(Instant before) {
        return new SegmentQuality(
                segment,
                new Quality(raw.count(), cohorts.share(Instant.MAX), raw.metrics()),
                new Quality(matured.count(), cohorts.share(before), matured.metrics()),
                windows.values().stream().map(window -> window.told(before)).toList());
    }

    static Map<Name, Cell> bySegment() {
        return new TreeMap<>(Comparator.comparingInt(Name::number));
    }
}
