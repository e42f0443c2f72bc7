package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.data.FieldType;
import java.util.List;

/**
 * How a column's values are compared. A column is a field of the records or, for free text, something derived of one: its length
 * ({@code notes.length}) and the shape of its characters ({@code notes.shape}).
 */
public enum FieldKind {
    /** Finite numbers. */
    NUMBER(""),
    /** Texts, numbers, truth values and times as categories. */
    CATEGORY(""),
    /** True and false as categories. */
    BOOLEAN(""),
    /** The length of a text, as a number. */
    LENGTH(".length"),
    /** The kinds of characters of a text, as a category: see {@link FieldValue#shape}. */
    SHAPE(".shape");

    private final String suffix;

    FieldKind(String suffix) {
        this.suffix = suffix;
    }

    /** The kinds of columns that a field of that type gives. */
    public static List<FieldKind> of(FieldType type) {
        return switch (type) {
            case NUMBER, INTEGER -> List.of(NUMBER);
            case CATEGORY -> List.of(CATEGORY);
            case BOOLEAN -> List.of(BOOLEAN);
            case TEXT -> List.of(LENGTH, SHAPE);
        };
    }

    /** Whether values are compared as numbers; as categories if not. */
    public boolean numeric() {
        return this == NUMBER || this == LENGTH;
    }

    /** Whether the column is derived of a text. */
    public boolean derived() {
        return !suffix.isEmpty();
    }

    /** The name of the column of this kind that a field gives. */
    public String column(String field) {
        return field + suffix;
    }

    /** Whether a column of this kind can have that name. */
    boolean named(String column) {
        return column.endsWith(suffix);
    }

    /** The name of the record's field that a column of this kind is read from. */
    public String field(String column) {
        return column.substring(0, column.length() - suffix.length());
    }

    /**
     * What a column of this kind takes of a field's value. Never throws; cheap enough for a route's thread.
     *
     * @return the value itself, or for a derived column an Integer or String, {@code null} where there is no text,
     *     {@link FieldValue#UNREADABLE} where the value is none
     */
    public Object read(Object value) {
        if (!derived() || value == null) {
            return value;
        }
        if (value instanceof FieldValue.Traits traits) {
            return this == LENGTH ? (Object) traits.length() : traits.shape();
        }
        if (!(value instanceof CharSequence text)) {
            return FieldValue.UNREADABLE;
        }
        if (text.length() == 0) {
            return null;
        }
        return this == LENGTH ? (Object) text.length() : FieldValue.shape(text);
    }

    /**
     * What can be compared of a field's value in a column of this kind, for tests that need whole rows. Never throws.
     *
     * @return a finite Double, a category's text, or {@code null} if the value is missing or cannot be compared
     */
    public Object comparable(Object value) {
        Object read = read(value);
        if (numeric()) {
            return read instanceof Number number && Double.isFinite(number.doubleValue())
                    ? number.doubleValue() + 0.0
                    : null;
        }
        Object kept = FieldValue.kept(read);
        boolean none = kept == null
                || kept == FieldValue.UNREADABLE
                || this == BOOLEAN && !(kept instanceof Boolean)
                || FieldValue.isNaN(kept)
                || FieldValue.isInfinite(kept);
        return none ? null : FieldValue.category(kept);
    }
}
