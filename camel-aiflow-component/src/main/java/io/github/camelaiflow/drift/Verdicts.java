package io.github.camelaiflow.drift;

import java.util.List;
import java.util.Objects;

/**
 * What holds for all segments together.
 *
 * @param last the last report; {@code null} before the first
 * @param reports the last one of each segment that has one
 */
record Verdicts(DriftStatus status, DriftReport last, List<DriftReport> reports) {

    static final Verdicts NOTHING = new Verdicts(DriftStatus.INSUFFICIENT_DATA, null, List.of());

    static Verdicts of(List<SegmentWatch> segments, DriftReport last) {
        List<Known> known = segments.stream().map(SegmentWatch::known).toList();
        DriftStatus status = DriftStatus.INSUFFICIENT_DATA;
        for (DriftStatus possible : List.of(DriftStatus.STABLE, DriftStatus.DRIFTED)) {
            if (known.stream().anyMatch(segment -> segment.status() == possible)) {
                status = possible;
            }
        }
        List<DriftReport> reports =
                known.stream().map(Known::report).filter(Objects::nonNull).toList();
        return new Verdicts(status, last, reports);
    }
}
