package io.github.camelaiflow.model;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Output;

/** A model's answer for one row: either an output or what is wrong with the row. */
public record Outcome(Output output, DataException error) {

    public Outcome {
        if ((output == null) == (error == null)) {
            throw new IllegalArgumentException("an outcome is either an output or an error");
        }
    }

    /** The model answered. */
    public static Outcome of(Output output) {
        return new Outcome(output, null);
    }

    /** The row is wrong. */
    public static Outcome failed(DataException error) {
        return new Outcome(null, error);
    }
}
