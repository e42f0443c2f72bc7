package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.feedback.outcome.Outcome;
import java.util.Map;
import java.util.Objects;

/**
 * A row of the reference that quality is estimated from. The maps are kept as they are and must not change.
 *
 * @param scores probability of each label, or of the positive one alone
 * @param label the predicted label
 * @param truth the true label
 * @param row the record's fields; {@code null} where they are not kept
 */
public record BaselineRow(Map<String, Double> scores, String label, String truth, Map<String, Object> row) {

    public BaselineRow {
        Objects.requireNonNull(scores, "scores");
    }

    /** A joined prediction as a row of the reference. */
    public static BaselineRow of(Outcome outcome, Map<String, Object> row) {
        return new BaselineRow(
                outcome.predicted().scores(),
                outcome.predicted().label(),
                outcome.truth().label(),
                row);
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "BaselineRow";
    }
}
