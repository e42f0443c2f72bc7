package io.github.camelaiflow.model;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;

/**
 * A model's answer for one row: either an output or what is wrong with the row.
 *
 * @param standIn CACHE, LAST_GOOD or DEFAULT where the answer was not made for this row; {@code null} where it was
 */
public record Outcome(Output output, DataException error, ServedBy standIn) {

    public Outcome {
        if ((output == null) == (error == null)) {
            throw new IllegalArgumentException("an outcome is either an output or an error");
        }
    }

    /** The model answered. */
    public static Outcome of(Output output) {
        return new Outcome(output, null, null);
    }

    /** The row is wrong. */
    public static Outcome failed(DataException error) {
        return new Outcome(null, error, null);
    }

    /** This outcome, not made for the row by the model itself. */
    public Outcome by(ServedBy other) {
        return new Outcome(output, error, other);
    }
}
