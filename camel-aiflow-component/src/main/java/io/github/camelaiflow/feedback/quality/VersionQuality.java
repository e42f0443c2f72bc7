package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.outcome.Explained;
import java.util.List;

/**
 * Quality of one version. Immutable.
 *
 * @param version the version
 * @param harm whether it does harm
 * @param alert what the detector says of its losses; {@code null} without a detector
 * @param all quality over all records
 * @param segments quality of each segment; empty without segments
 * @param explained what each field has to do with its change of quality; empty if nothing was told
 */
public record VersionQuality(
        String version,
        HarmVerdict harm,
        LossAlert alert,
        SegmentQuality all,
        List<SegmentQuality> segments,
        List<Explained> explained) {

    public VersionQuality {
        segments = List.copyOf(segments);
        explained = List.copyOf(explained);
    }
}
