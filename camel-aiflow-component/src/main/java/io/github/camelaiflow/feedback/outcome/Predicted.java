package io.github.camelaiflow.feedback.outcome;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a model answered, as far as its quality needs it. Immutable. {@link #toString()} shows no value.
 *
 * @param id of the prediction, unique
 * @param key of the record; {@code null} for none
 * @param version the model's version that answered
 * @param segment the record's segment; {@code null} without segments
 * @param label the winning label; {@code null} for a regression
 * @param value the regressed value; NaN for a classification
 * @param scores probability of each label, 0 to 1; empty if the model gives none, or for a regression
 * @param bins one character a watched field: the bin its value is in; {@code null} if none is watched
 * @param time when it was answered
 */
public record Predicted(
        String id,
        String key,
        String version,
        String segment,
        String label,
        double value,
        Map<String, Double> scores,
        String bins,
        Instant time) {

    public Predicted {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(time, "time");
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    @Override
    public String toString() {
        return "Predicted[" + id + " by " + version + "]";
    }
}
