package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.statistics.Reservoir;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The records of one window, in columns; of too many, a uniform sample. Memory is kept for the next window. Not thread-safe. */
final class Window {

    private final FieldKind[] kinds;
    private final String[] names;
    private final Column[] columns;
    private final Reservoir reservoir;

    Window(Map<String, FieldKind> fields, int capacity, long seed) {
        kinds = fields.values().toArray(FieldKind[]::new);
        names = fields.entrySet().stream()
                .map(field -> field.getValue().field(field.getKey()))
                .toArray(String[]::new);
        columns = fields.values().stream().map(Column::of).toArray(Column[]::new);
        reservoir = new Reservoir(capacity, SeededRandom.stream(seed));
    }

    void add(Map<String, Object> row) {
        int place = reservoir.next();
        if (place == Reservoir.SKIP) {
            return;
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(place, kinds[i].read(FieldValue.of(row, names[i])));
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
