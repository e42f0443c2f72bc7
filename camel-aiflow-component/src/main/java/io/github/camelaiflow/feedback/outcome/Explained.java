package io.github.camelaiflow.feedback.outcome;

import java.util.Objects;

/**
 * What a field has to do with a change of quality. Immutable; holds no value of a record.
 *
 * @param field its name
 * @param change of the loss that goes with the change of this field's values
 * @param share of the whole change, may be negative or above 1; NaN if it cannot be told
 */
public record Explained(String field, double change, double share) {

    public Explained {
        Objects.requireNonNull(field, "field");
    }
}
