package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parts of a flow's records that are watched apart: one for each declared value of a field, and one for all other
 * records. Immutable and thread-safe.
 */
public final class Segments {

    /** All records together. */
    public static final Segments NONE = new Segments(null, List.of());

    /** Each segment costs the memory of its windows. */
    public static final int MAX = 100;

    /** The segment of the records whose value is not declared, missing or unreadable. */
    public static final String OTHER = "other";

    private final String field;
    private final List<String> values;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    private Segments(String field, List<String> values) {
        this.field = field;
        this.values = List.copyOf(values);
        for (String value : values) {
            numbers.put(value, numbers.size());
        }
    }

    /**
     * Segments by a field's values.
     *
     * @param field its name; need not be one that is watched
     * @param values at least 1, at most {@value #MAX} with {@value #OTHER}, which is added; a number is meant by its shortest decimal
     *     text, so that 3, 3.0 and "3" are one segment
     * @throws IllegalArgumentException naming what is wrong
     */
    public static Segments of(String field, List<String> values) {
        if (field == null || field.isBlank()) {
            throw new IllegalArgumentException("the segments' field must have a name");
        }
        if (values.isEmpty() || values.size() >= MAX) {
            throw new IllegalArgumentException("segments by field " + field + " must be 1 to " + (MAX - 1)
                    + " declared values, were " + values.size());
        }
        if (values.stream().distinct().count() < values.size() || values.contains(OTHER) || values.contains("")) {
            throw new IllegalArgumentException("segments by field " + field
                    + " must be declared once each, none of them empty or called " + OTHER);
        }
        return new Segments(field, values);
    }

    /** The field they are told by; {@code null} for {@link #NONE}. */
    public String field() {
        return field;
    }

    /** The declared values. */
    public List<String> values() {
        return values;
    }

    /** How many segments there are; 1 for {@link #NONE}. */
    public int count() {
        return values.size() + 1;
    }

    /** A segment's name: a declared value, or {@value #OTHER}; {@code null} for {@link #NONE}. */
    public String name(int segment) {
        if (field == null) {
            return null;
        }
        return segment < values.size() ? values.get(segment) : OTHER;
    }

    /** The segment of a record, from 0. Never throws. */
    int of(Map<String, Object> row) {
        if (field == null) {
            return 0;
        }
        Object value = FieldValue.of(row, field);
        return numbers.getOrDefault(text(value), values.size());
    }

    private static String text(Object value) {
        if (value instanceof String string) {
            return string;
        }
        Object kept = FieldValue.kept(value);
        return kept == null || kept == FieldValue.UNREADABLE ? "" : FieldValue.category(readable(kept));
    }

    /** NaN and infinities have no decimal digits. */
    private static Object readable(Object value) {
        return value instanceof Double || value instanceof Float
                ? Double.isFinite(((Number) value).doubleValue()) ? value : value.toString()
                : value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Segments segments
                && Objects.equals(field, segments.field)
                && values.equals(segments.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return field == null ? "none" : count() + " by " + field;
    }
}
