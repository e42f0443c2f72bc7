package io.github.camelaiflow.feedback.quality;

import java.util.List;

/**
 * Quality of one segment of a version. Immutable.
 *
 * @param segment the segment; {@code null} for all records
 * @param raw by all labels that have come
 * @param matured by those whose prediction has had its chance of a label
 * @param windows the last ones, oldest first
 */
public record SegmentQuality(Name segment, Quality raw, Quality matured, List<WindowQuality> windows) {

    public SegmentQuality {
        windows = List.copyOf(windows);
    }
}
