package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is watched. Its identity tells a verdict that still counts from one that came too late. */
final class Watch {

    private static final int SEGMENT_SAMPLE = 1000;

    private final DriftConfig config;
    private final SegmentReferences references;
    private final PaneLayout layout;
    private final List<SegmentWatch> segments;
    private String digest;

    /**
     * @throws ReferenceException if a configured field is not one the reference can compare, or the references are of other segments
     */
    Watch(DriftConfig config, SegmentReferences references) {
        this.config = config;
        this.references = references;
        if (!references.segments().equals(config.segments())) {
            throw new ReferenceException("references must be of the segments that are watched, " + config.segments());
        }
        layout = layout(config, references.whole());
        int count = config.segments().count();
        int sample = Math.max(SEGMENT_SAMPLE, DriftMonitor.WINDOW_SAMPLE / count);
        segments = IntStream.range(0, count)
                .mapToObj(i -> new SegmentWatch(config, references, layout, i, sample))
                .toList();
    }

    private static PaneLayout layout(DriftConfig config, Reference reference) {
        List<String> names = config.fields().isEmpty() ? reference.fields() : config.fields();
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        for (String name : names) {
            if (reference.kind(name) == null) {
                throw new ReferenceException("field " + name + " must be one the reference can compare: "
                        + reference.leftOut().getOrDefault(name, "it is not in the reference"));
            }
            kinds.put(name, reference.kind(name));
        }
        return new PaneLayout(kinds);
    }

    /** This, with windows numbered after the ones before. */
    Watch after(Watch before) {
        for (int i = 0; i < segments.size(); i++) {
            segments.get(i).after(before.segments.get(i));
        }
        return this;
    }

    SegmentReferences references() {
        return references;
    }

    List<SegmentWatch> segments() {
        return segments;
    }

    /** The segment a record is in. */
    SegmentWatch segment(Map<String, Object> row) {
        return segments.get(config.segments().of(row));
    }

    List<SlidingWindows> windows() {
        return segments.stream().map(SegmentWatch::windows).toList();
    }

    /** What tells it from others after a restart; asked for by one thread. */
    String digest() {
        if (digest == null) {
            digest = WatchDigest.of(config, references, layout);
        }
        return digest;
    }
}
