package io.github.camelaiflow.data;

import java.util.Locale;

/** What kind of value a {@link Field} holds. */
public enum FieldType {
    /** Any finite number. */
    NUMBER,
    /** A number without a fraction. */
    INTEGER,
    /** One of a limited set of strings. */
    CATEGORY,
    /** Free text. */
    TEXT,
    /** True or false. */
    BOOLEAN;

    /** Whether values of this type are compared as numbers. */
    public boolean numeric() {
        return this == NUMBER || this == INTEGER;
    }

    /** The name as definitions write it: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
