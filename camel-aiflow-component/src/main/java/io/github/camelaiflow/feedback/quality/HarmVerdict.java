package io.github.camelaiflow.feedback.quality;

import java.time.Instant;
import java.util.List;

/**
 * Whether a version does harm, and what that rests on. Immutable; numbers that are not known are NaN, times {@code null}.
 *
 * @param version the version
 * @param status HARM stays
 * @param source what HARM rests on; {@code null} without it
 * @param foundAt the feed's time when harm was found
 * @param since when the rise most likely began, by the time of that prediction: where the bet that won most began; {@code null} without
 *     harm, and for estimates
 * @param sinceLabel the number of that label among those judged, or of the window among the estimated; 0 without harm
 * @param baseline the mean loss when all was well
 * @param baselineLimit what that is at most, but for its part of alpha
 * @param bound {@code baselineLimit} and margin: a mean loss above it is harm
 * @param current mean loss of the latest labels
 * @param currentLower what that is at least, at the confidence of the intervals
 * @param currentUpper what that is at most
 * @param currentLabels how many these are: the last complete window of matured labels, and those since
 * @param labels how many matured labels the test has judged
 * @param labelsNeeded about how many it takes to find twice the margin from the first label on
 * @param logEvidence logarithm of the e-value of labels
 * @param logThreshold what that must reach
 * @param history it over time, at most 201 points
 * @param estimated the latest estimated loss
 * @param estimatedLower its lower bound
 * @param logEstimatedEvidence logarithm of the e-value of estimates; threshold as for labels
 */
public record HarmVerdict(
        String version,
        QualityStatus status,
        HarmSource source,
        Instant foundAt,
        Instant since,
        long sinceLabel,
        double baseline,
        double baselineLimit,
        double bound,
        double current,
        double currentLower,
        double currentUpper,
        long currentLabels,
        long labels,
        double labelsNeeded,
        double logEvidence,
        double logThreshold,
        List<EvidencePoint> history,
        double estimated,
        double estimatedLower,
        double logEstimatedEvidence) {

    public HarmVerdict {
        history = List.copyOf(history);
    }
}
