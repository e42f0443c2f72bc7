package io.github.camelaiflow.feedback.outcome;

import java.time.Instant;
import java.util.Objects;

/**
 * What turned out to be true. Immutable. {@link #toString()} shows no value.
 *
 * @param label the true label; {@code null} for a regression
 * @param value the true value; NaN for a classification
 * @param selection the probability with which this record was chosen to be labelled, above 0 and at most 1; 1 where all are
 * @param time when it was known
 */
public record Truth(String label, double value, double selection, Instant time) {

    public Truth {
        Objects.requireNonNull(time, "time");
        if (!(selection > 0 && selection <= 1)) {
            throw new IllegalArgumentException("the probability of selection must be above 0 and at most 1");
        }
    }

    @Override
    public String toString() {
        return "Truth[" + time + "]";
    }
}
