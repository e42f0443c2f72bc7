package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.data.FlowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a flow's quality. Immutable, bounded in size.
 *
 * @param status of the serving version; INSUFFICIENT_DATA if nothing came of it
 * @param action what is recommended: that of the configuration on HARM, else NONE
 * @param version the serving version
 * @param versions all that are kept, the one that was fed last at the end
 * @param confidence of each interval by itself
 * @param outcomes how many outcomes came
 * @param leftOut how many of them tell nothing: prediction and truth were of different kinds, or no number
 * @param tooRare how many were left out because they were chosen with less than the least probability; quality is that of the rest
 * @param waiting how many labels wait for their prediction to mature
 * @param early how many didn't, for want of room
 * @param matured the age of maturity; {@code null} if it isn't known yet
 * @param feedTime the latest time an outcome told; {@code null} without any
 * @param at when the report was made
 */
public record QualityReport(
        QualityStatus status,
        HarmAction action,
        String version,
        List<VersionQuality> versions,
        double confidence,
        long outcomes,
        long leftOut,
        long tooRare,
        long waiting,
        long early,
        Duration matured,
        Instant feedTime,
        Instant at)
        implements FlowResult {

    public QualityReport {
        versions = List.copyOf(versions);
    }

    /** The serving version's quality; empty if nothing came of it. */
    public Optional<VersionQuality> serving() {
        return versions.stream().filter(each -> each.version().equals(version)).findAny();
    }

    /**
     * The whole report as JSON with names of all labels and segments; numbers that are not known are {@code null}. About 5 KB a segment, so up to
     * 500 KB a version.
     */
    @Override
    public String toJson() {
        return QualityJson.write(this, true);
    }

    /**
     * The serving version's part as JSON, without segments, windows and history, and with numbers in place of labels that the configuration
     * doesn't say: what may stand in a log.
     */
    @Override
    public String toString() {
        return QualityJson.write(this, false);
    }
}
