package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Panes one after the other, ready to be judged. Nothing is added to them any more.
 *
 * @param panes oldest first; one without records counts as one
 */
record Window(List<Pane> panes) {

    Window {
        panes = List.copyOf(panes);
    }

    /** A sample of rows as one window. */
    static Window of(Map<String, FieldKind> columns, List<Map<String, Object>> rows) {
        Pane pane = new Pane(new PaneLayout(columns), Math.max(1, rows.size()), SeededRandom.stream(0), 0);
        rows.forEach(row -> pane.add(row, Instant.EPOCH));
        return new Window(List.of(pane));
    }

    /** How many records came, kept or not. */
    long records() {
        return panes.stream().mapToLong(Pane::records).sum();
    }

    /** How many of them came since the window moved last. */
    long newRecords() {
        return newest().records();
    }

    /** How many are kept. */
    int size() {
        return panes.stream().mapToInt(Pane::size).sum();
    }

    Pane newest() {
        return panes.get(panes.size() - 1);
    }

    /** Rows drawn at random, each with a value a column as {@link Column#value} gives it; all rows if there are no more. */
    List<Object[]> rows(int most, UniformRandomProvider random) {
        List<Object[]> rows = new ArrayList<>();
        int left = size();
        int wanted = Math.min(most, left);
        for (Pane pane : panes) {
            for (int place = 0; place < pane.size(); place++) {
                // each of those left has the same chance to be among those still wanted
                if (random.nextInt(left--) < wanted) {
                    wanted--;
                    rows.add(pane.row(place));
                }
            }
        }
        return rows;
    }

    /** One sample per column, in order. */
    List<FieldSample> samples() {
        List<FieldSample> samples = new ArrayList<>();
        int[] sizes = panes.stream().mapToInt(Pane::size).toArray();
        for (int i = 0; i < newest().columns().size(); i++) {
            int column = i;
            List<? extends Column<?>> columns =
                    panes.stream().map(pane -> pane.columns().get(column)).toList();
            samples.add(columns.get(0).sample(columns, sizes));
        }
        return samples;
    }
}
