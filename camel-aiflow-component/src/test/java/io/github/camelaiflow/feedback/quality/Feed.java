package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Outcomes for tests. */
final class Feed {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Feed() {}

    /** A prediction of version v1, the i-th minute's, whose label comes a minute later. */
    static Outcome of(long i, String predicted, String actual) {
        return of("v1", i, predicted, actual, Map.of(), 1, Duration.ofMinutes(1));
    }

    static Outcome of(
            String version,
            long i,
            String predicted,
            String actual,
            Map<String, Double> scores,
            double selection,
            Duration delay) {
        return of(version, null, i, predicted, actual, scores, selection, delay);
    }

    static Outcome of(
            String version,
            String segment,
            long i,
            String predicted,
            String actual,
            Map<String, Double> scores,
            double selection,
            Duration delay) {
        Instant at = START.plus(Duration.ofMinutes(i));
        return new Outcome(
                new Predicted(version + "-" + i, null, version, segment, predicted, Double.NaN, scores, null, at),
                new Truth(actual, Double.NaN, selection, at.plus(delay)));
    }

    /** A regression. */
    static Outcome of(long i, double predicted, double actual) {
        Instant at = START.plus(Duration.ofMinutes(i));
        return new Outcome(
                new Predicted("r" + i, null, "v1", null, null, predicted, Map.of(), null, at),
                new Truth(null, actual, 1, at));
    }

    /** A right or wrong answer. */
    static Outcome error(long i, boolean wrong) {
        return of(i, "yes", wrong ? "no" : "yes");
    }
}
