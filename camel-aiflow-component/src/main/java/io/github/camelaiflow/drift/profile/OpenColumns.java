package io.github.camelaiflow.drift.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Columns as they turn up, since nothing is declared; in the order of their names. */
final class OpenColumns extends Columns {

    /** More would be the keys of a map that is no record. */
    static final int MOST = 1000;

    static final String OTHERS = "(others)";
    static final String TOO_MANY = "more than " + MOST + " fields";

    private final String key;
    private final SortedMap<String, OpenColumn> columns = new TreeMap<>();
    private boolean tooMany;

    OpenColumns(String key, int capacity) {
        super(capacity);
        this.key = key;
    }

    @Override
    void add(Map<String, Object> row) {
        for (String name : names(row)) {
            OpenColumn column = columns.get(name);
            if (column == null && columns.size() < MOST) {
                column = new OpenColumn(capacity());
                columns.put(name, column);
            }
            if (column == null) {
                tooMany = true;
            } else {
                add(column, FieldValue.of(row, name));
            }
        }
    }

    private static void add(OpenColumn column, Object value) {
        try {
            column.add(value);
        } catch (RuntimeException e) {
            column.add(FieldValue.UNREADABLE);
        }
    }

    /** A row that cannot even tell its fields has none. */
    private List<String> names(Map<String, Object> row) {
        if (row == null) {
            return List.of();
        }
        try {
            return row.keySet().stream().filter(this::taken).toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private boolean taken(String name) {
        return name != null && !name.equals(key) && !name.equals(Profile.LABEL) && !name.equals(Profile.SCORE);
    }

    @Override
    Map<String, Object> kept(Map<String, Object> row) {
        Map<String, Object> kept = new HashMap<>();
        for (String name : names(row)) {
            if (columns.containsKey(name)) {
                kept.put(name, kept(FieldValue.of(row, name)));
            }
        }
        return kept;
    }

    /** In its form as number or category, since a number's class is anybody's. */
    private static Object kept(Object value) {
        try {
            return value instanceof Number number ? (Object) number.doubleValue() : FieldValue.kept(value);
        } catch (RuntimeException e) {
            return null;
        }
    }

    @Override
    void columns(Map<String, ColumnProfile> profiles, Map<String, String> leftOut) {
        columns.forEach((name, column) -> {
            ColumnProfile resolved = column.resolved(capacity());
            if (resolved == null) {
                leftOut.put(name, OpenColumn.MIXED);
            } else {
                profiles.put(name, resolved);
            }
        });
        if (tooMany) {
            leftOut.put(OTHERS, TOO_MANY);
        }
    }
}
