package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldValue;
import java.util.List;
import java.util.Map;

/** Which columns a pane has, and how they are read of a row. Immutable. */
final class PaneLayout {

    private final FieldKind[] kinds;
    private final String[] fields;
    private final List<String> names;

    /** @param columns kinds by the columns' names, in order */
    PaneLayout(Map<String, FieldKind> columns) {
        kinds = columns.values().toArray(FieldKind[]::new);
        fields = columns.entrySet().stream()
                .map(column -> column.getValue().field(column.getKey()))
                .toArray(String[]::new);
        names = List.copyOf(columns.keySet());
    }

    /** The columns' names. */
    List<String> names() {
        return names;
    }

    /** The columns' kinds, in order. */
    List<FieldKind> kinds() {
        return List.of(kinds);
    }

    FieldKind kind(int column) {
        return kinds[column];
    }

    Column<?>[] columns() {
        Column<?>[] columns = new Column<?>[kinds.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Column.of(kinds[i]);
        }
        return columns;
    }

    /** Never throws: a row is a view over whatever came. */
    void read(Map<String, Object> row, Column<?>[] columns, int place) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(place, kinds[i].read(FieldValue.of(row, fields[i])));
        }
    }
}
