package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Reservoir;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/** Part of a window: its records in columns; of too many, a uniform sample. Not thread-safe. */
final class Pane {

    private final PaneLayout layout;
    private final Column<?>[] columns;
    private final Reservoir reservoir;

    /**
     * @param capacity how many records are kept
     * @param random decides which, of more
     */
    Pane(PaneLayout layout, int capacity, UniformRandomProvider random) {
        this.layout = layout;
        this.columns = layout.columns();
        this.reservoir = new Reservoir(capacity, random);
    }

    void add(Map<String, Object> row) {
        int place = reservoir.next();
        if (place != Reservoir.SKIP) {
            layout.read(row, columns, place);
        }
    }

    /** How many records came, kept or not. */
    long records() {
        return reservoir.seen();
    }

    /** How many are kept, at places 0 to size - 1. */
    int size() {
        return reservoir.size();
    }

    List<Column<?>> columns() {
        return List.of(columns);
    }
}
