package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.outcome.Explained;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that is kept of one version. Not thread-safe. */
final class VersionState {

    static final int MOST_EXPLAINED = 100;
    /** Windows of all segments of a version together; those of all records are besides. */
    static final int SEGMENT_WINDOWS = 100;

    private final String version;
    private final QualityConfig config;
    private final Cell all;
    private final Map<Name, Cell> segments = Cell.bySegment();
    private final HarmWatch harm;
    private final LossWatch losses;
    private List<Explained> explained = List.of();

    VersionState(String version, QualityConfig config) {
        this.version = version;
        this.config = config;
        this.all = new Cell(config, null);
        this.harm = new HarmWatch(version, config);
        this.losses = config.detector() == null ? null : new LossWatch(config);
    }

    void predicted(Name segment, Instant at, long times) {
        all.predicted(at, times);
        if (segment != null) {
            segment(segment).predicted(at, times);
        }
    }

    void complete(Instant from) {
        all.complete(from);
    }

    void add(Scored scored) {
        all.add(scored, Cell.MOST_WINDOWS);
        if (scored.segment() != null) {
            Cell cell = segment(scored.segment());
            cell.add(scored, Math.max(2, SEGMENT_WINDOWS / segments.size()));
        }
    }

    private Cell segment(Name segment) {
        return segments.computeIfAbsent(segment, key -> new Cell(config, key));
    }

    void matured(Scored scored, Instant now) {
        all.matured(scored);
        if (scored.segment() != null) {
            segment(scored.segment()).matured(scored);
        }
        harm.add(scored, now);
        if (losses != null) {
            losses.add(scored, now);
        }
    }

    void estimated(long window, double estimate, double lower, Instant at) {
        harm.estimated(window, estimate, lower, at);
    }

    void explained(List<Explained> by) {
        explained = List.copyOf(by.subList(0, Math.min(MOST_EXPLAINED, by.size())));
    }

    long labels() {
        return all.labels();
    }

    VersionQuality told(Instant before) {
        List<SegmentQuality> parts = new ArrayList<>();
        segments.values().forEach(cell -> parts.add(cell.told(before)));
        LossAlert alert = losses == null ? null : losses.alert();
        return new VersionQuality(version, harm.verdict(), alert, all.told(before), parts, explained);
    }
}
