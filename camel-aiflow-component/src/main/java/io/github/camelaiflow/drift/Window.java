package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Reservoir;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The records of one window, in columns; of too many, a uniform sample. Memory is kept for the next window. Not thread-safe. */
final class Window {

    private final String[] names;
    private final Column[] columns;
    private final Reservoir reservoir;

    Window(Map<String, FieldKind> fields, int capacity, long seed) {
        names = fields.keySet().toArray(String[]::new);
        columns = fields.values().stream().map(FieldKind::column).toArray(Column[]::new);
        reservoir = new Reservoir(capacity, SeededRandom.stream(seed));
    }

    void add(Map<String, Object> row) {
        int place = reservoir.next();
        if (place == Reservoir.SKIP) {
            return;
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(place, value(row, names[i]));
        }
    }

    /** A row is a view over whatever came; one that cannot be read is a finding, not a reason to fail the exchange. */
    private static Object value(Map<String, Object> row, String name) {
        if (row == null) {
            return null;
        }
        try {
            return row.get(name);
        } catch (RuntimeException e) {
            return Column.UNREADABLE;
        }
    }

    /** How many records came, kept or not. */
    long records() {
        return reservoir.seen();
    }

    /** How many are kept. */
    int size() {
        return reservoir.size();
    }

    /** One sample per field, in the order of the fields. */
    List<FieldSample> samples() {
        List<FieldSample> samples = new ArrayList<>(columns.length);
        for (Column column : columns) {
            samples.add(column.sample(reservoir.size()));
        }
        return samples;
    }

    void restart() {
        reservoir.restart();
        for (Column column : columns) {
            column.clear();
        }
    }
}
