package io.github.camelaiflow.data;

import java.util.List;
import java.util.Objects;

/**
 * One named value of a record.
 *
 * @param name the name the record knows it by; not empty
 * @param type what values are taken
 * @param missingAllowed whether the value may be absent, {@code null} or NaN; default in definitions: no
 * @param min smallest value taken, inclusive; {@code null} for no bound
 * @param max largest value taken, inclusive; {@code null} for no bound
 * @param values the categories taken; empty for any
 */
public record Field(String name, FieldType type, boolean missingAllowed, Double min, Double max, List<String> values) {

    /** @throws IllegalArgumentException if min is above max */
    public Field {
        // so that looking it up in a row, whose keys mostly are literals or interned by a parser, compares no
        // characters
        name = Objects.requireNonNull(name, "name").intern();
        Objects.requireNonNull(type, "type");
        values = List.copyOf(values);
        if (min != null && max != null && min > max) {
            throw new IllegalArgumentException("min must not be above max, was min " + min + ", max " + max);
        }
    }

    /** A required field without bounds. */
    public static Field of(String name, FieldType type) {
        return new Field(name, type, false, null, null, List.of());
    }

    /** This field, allowed to be missing. */
    public Field optional() {
        return new Field(name, type, true, min, max, values);
    }
}
