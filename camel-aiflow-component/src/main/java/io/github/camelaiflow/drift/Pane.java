package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Reservoir;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/** Part of a window: its records in columns; of too many, a uniform sample. Not thread-safe. */
final class Pane {

    private final PaneLayout layout;
    private final Column<?>[] columns;
    private final Reservoir reservoir;
    private final long first;
    private Instant from;
    private Instant to;

    /**
     * @param capacity how many records are kept
     * @param random decides which, of more
     * @param first how many records of the segment came before
     */
    Pane(PaneLayout layout, int capacity, UniformRandomProvider random, long first) {
        this.layout = layout;
        this.first = first;
        this.columns = layout.columns();
        this.reservoir = new Reservoir(capacity, random);
    }

    /**
     * One that was kept elsewhere.
     *
     * @param columns with as many values as the state says are kept
     * @throws IllegalArgumentException if a pane cannot be like that
     */
    Pane(
            PaneLayout layout,
            int capacity,
            UniformRandomProvider random,
            PaneState state,
            List<? extends Column<?>> columns) {
        this.layout = layout;
        this.first = state.first();
        this.from = state.from();
        this.to = state.to();
        this.columns = columns.toArray(Column<?>[]::new);
        this.reservoir = new Reservoir(capacity, random);
        this.reservoir.resume(state.sample());
    }

    void add(Map<String, Object> row, Instant now) {
        int place = place(now);
        if (place != Reservoir.SKIP) {
            layout.read(row, columns, place);
        }
    }

    /** Adds a record that another pane has kept, as if it had come now. */
    void add(Pane other, int otherPlace, Instant now) {
        int place = place(now);
        for (int i = 0; i < columns.length && place != Reservoir.SKIP; i++) {
            columns[i].set(place, other.columns[i].value(otherPlace));
        }
    }

    private int place(Instant now) {
        from = from == null ? now : from;
        to = now;
        return reservoir.next();
    }

    /** This pane as it is now, whatever comes later. Nothing must be added to it. Copies no values. */
    Pane copy() {
        List<Column<?>> copies = new ArrayList<>();
        for (Column<?> column : columns) {
            copies.add(column.copy());
        }
        return new Pane(layout, reservoir.capacity(), SeededRandom.stream(0), state(), copies);
    }

    PaneState state() {
        return new PaneState(first, from, to, reservoir.state());
    }

    /** How many records came, kept or not. */
    long records() {
        return reservoir.seen();
    }

    /** How many are kept, at places 0 to size - 1. */
    int size() {
        return reservoir.size();
    }

    /** How many records of the segment came before. */
    long first() {
        return first;
    }

    /** When its first record came; {@code null} without records. */
    Instant from() {
        return from;
    }

    /** When its last record came; {@code null} without records. */
    Instant to() {
        return to;
    }

    /** The values of a record that is kept. */
    Object[] row(int place) {
        Object[] row = new Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = columns[i].value(place);
        }
        return row;
    }

    List<Column<?>> columns() {
        return List.of(columns);
    }
}
