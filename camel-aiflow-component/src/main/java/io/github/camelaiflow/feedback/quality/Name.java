package io.github.camelaiflow.feedback.quality;

import java.util.Objects;

/**
 * A label or a segment. Its text may be a record's value, so {@link #toString()} gives it only where the configuration says it anyway.
 *
 * @param value the text
 * @param number from 1, in the order in which they were declared or met; 0 for all that had no place any more
 * @param declared whether the configuration says it
 */
public record Name(String value, int number, boolean declared) {

    public Name {
        Objects.requireNonNull(value, "value");
    }

    /** The text if it was declared, else {@code #} and the number. */
    @Override
    public String toString() {
        return declared ? value : "#" + number;
    }
}
