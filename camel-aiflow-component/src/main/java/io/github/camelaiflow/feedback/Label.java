package io.github.camelaiflow.feedback;

import java.time.Instant;

/**
 * A label as it comes: which prediction it is for, and what is true. Immutable. {@link #toString()} shows no value.
 *
 * @param predictionId of the prediction; {@code null} if key is given
 * @param key of the record, for all predictions about it; {@code null} if predictionId is given
 * @param label the true label, up to 1,000 characters; {@code null} if a number is given
 * @param value the true number, finite; NaN if a label is given
 * @param selection the probability with which the record was chosen to be labelled, above 0 and at most 1; 1 where all are
 * @param time when it was known; {@code null} for when it comes
 */
public record Label(String predictionId, String key, String label, double value, double selection, Instant time) {

    private static final int LONGEST = 1_000;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /** @throws IllegalArgumentException if the label cannot be; the message has no value */
    public Label {
        require(
                (predictionId == null) != (key == null),
                "a label must have a prediction's id or a record's key, one of both");
        require((label == null) != Double.isNaN(value), "a label must have a text or a number as truth, one of both");
        require(
                label == null || label.length() <= LONGEST,
                "a label's text must have at most " + LONGEST + " characters");
        require(!Double.isInfinite(value), "a label's number must be finite");
        require(selection > 0 && selection <= 1, "a label's probability of selection must be above 0 and at most 1");
        require(
                time == null || !time.isBefore(FIRST) && !time.isAfter(LAST),
                "a label's time must lie in the years 1 to 9999");
    }

    /** A text for the prediction of that id, chosen surely, known when it comes. */
    public static Label of(String predictionId, String label) {
        return new Label(predictionId, null, label, Double.NaN, 1, null);
    }

    /** A text for the predictions about the record of that key, chosen surely, known when it comes. */
    public static Label ofKey(String key, String label) {
        return new Label(null, key, label, Double.NaN, 1, null);
    }

    private static void require(boolean holds, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException(requirement);
        }
    }

    @Override
    public String toString() {
        return "Label[by " + (key == null ? "prediction" : "key") + "]";
    }
}
