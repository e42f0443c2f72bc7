package io.github.camelaiflow.drift.profile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Columns whose kinds are known. */
final class DeclaredColumns extends Columns {

    private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();

    DeclaredColumns(Map<String, FieldKind> kinds, int capacity) {
        super(capacity);
        kinds.forEach((name, kind) ->
                columns.put(name, kind.numeric() ? new NumberProfile(kind, capacity) : new CategoryProfile(kind)));
    }

    @Override
    void add(Map<String, Object> row) {
        columns.forEach(
                (name, column) -> put(column, FieldValue.of(row, column.kind().field(name))));
    }

    @Override
    Map<String, Object> kept(Map<String, Object> row) {
        Map<String, Object> kept = new HashMap<>();
        columns.forEach((name, column) -> kept.put(
                name, comparable(column.kind(), FieldValue.of(row, column.kind().field(name)))));
        return kept;
    }

    private static Object comparable(FieldKind kind, Object value) {
        try {
            return kind.comparable(value);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** They are that already, but for the model's answers. */
    @Override
    Object comparable(Map<String, Object> kept, String name, FieldKind kind) {
        return columns.containsKey(name) ? kept.get(name) : super.comparable(kept, name, kind);
    }

    @Override
    void columns(Map<String, ColumnProfile> profiles, Map<String, String> leftOut) {
        columns.forEach((name, column) -> profiles.put(name, column.copy(capacity())));
    }
}
