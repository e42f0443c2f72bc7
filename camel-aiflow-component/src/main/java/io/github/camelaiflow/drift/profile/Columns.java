package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns a collector fills, and the model's answers beside them. Not thread-safe. */
abstract sealed class Columns permits DeclaredColumns, OpenColumns {

    private final int capacity;
    private final CategoryProfile labels = new CategoryProfile(FieldKind.CATEGORY);
    private final NumberProfile scores;

    Columns(int capacity) {
        this.capacity = capacity;
        scores = new NumberProfile(FieldKind.NUMBER, capacity);
    }

    final int capacity() {
        return capacity;
    }

    static Columns of(Schema schema, int capacity) {
        if (schema.fields().isEmpty()) {
            return new OpenColumns(schema.key(), capacity);
        }
        return new DeclaredColumns(kinds(schema), capacity);
    }

    /** By the names of columns, in the order of the fields; a declared field goes before one that is derived. */
    static Map<String, FieldKind> kinds(Schema schema) {
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            if (!field.name().equals(schema.key())) {
                for (FieldKind kind : FieldKind.of(field.type())) {
                    String column = kind.column(field.name());
                    if (!kind.derived() || schema.field(column).isEmpty()) {
                        kinds.put(column, kind);
                    }
                }
            }
        }
        return kinds;
    }

    /** Takes a row's values. */
    final void add(Map<String, Object> row, Object label, Object score) {
        add(row);
        put(labels, label);
        put(scores, score);
    }

    abstract void add(Map<String, Object> row);

    /** What of a row is kept until the kinds of its columns are known. */
    abstract Map<String, Object> kept(Map<String, Object> row);

    final Map<String, Object> kept(Map<String, Object> row, Object label, Object score) {
        Map<String, Object> kept = kept(row);
        kept.put(Profile.LABEL, FieldValue.kept(label));
        kept.put(Profile.SCORE, FieldValue.kept(score));
        return kept;
    }

    /** A kept row as its columns, each value a Double, a String or {@code null}. */
    final Map<String, Object> comparable(Map<String, Object> kept, Map<String, FieldKind> kinds) {
        Map<String, Object> row = new LinkedHashMap<>();
        kinds.forEach((name, kind) -> row.put(name, comparable(kept, name, kind)));
        return row;
    }

    /** One value of a kept row. */
    Object comparable(Map<String, Object> kept, String name, FieldKind kind) {
        return kind.comparable(kept.get(name));
    }

    /** Copies of the columns as they are now, and what is left out. */
    final void resolve(Map<String, ColumnProfile> profiles, Map<String, String> leftOut) {
        columns(profiles, leftOut);
        putIfAny(profiles, Profile.LABEL, labels);
        putIfAny(profiles, Profile.SCORE, scores);
    }

    private void putIfAny(Map<String, ColumnProfile> profiles, String name, ColumnProfile answers) {
        if (answers.values() + answers.others() > 0) {
            profiles.putIfAbsent(name, answers.copy(capacity));
        }
    }

    abstract void columns(Map<String, ColumnProfile> profiles, Map<String, String> leftOut);

    /** A value of a class nobody foresaw may throw whatever is asked of it. */
    static void put(ColumnProfile column, Object value) {
        try {
            column.add(column.kind().read(value));
        } catch (RuntimeException e) {
            column.addWrongType();
        }
    }
}
