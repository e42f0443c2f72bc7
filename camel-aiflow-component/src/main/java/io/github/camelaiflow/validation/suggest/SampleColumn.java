package io.github.camelaiflow.validation.suggest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One column of a sample. Missing values are {@code null}.
 *
 * @param name the field
 * @param values of all kept rows, in order
 * @param explored which rows are explored; the others are measured
 * @param absent measured rows that did not have the field at all
 * @param cut whether texts were cut
 */
record SampleColumn(String name, Object[] values, boolean[] explored, int absent, boolean cut) {

    /** The values to explore that are not missing, in order. */
    List<Object> exploredValues() {
        return present(true);
    }

    /** The values to measure that are not missing, in order. */
    List<Object> measuredValues() {
        return present(false);
    }

    /** The cells to measure, missing ones as {@code null}, in order. */
    List<Object> measuredCells() {
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!explored[i]) {
                cells.add(values[i]);
            }
        }
        return Collections.unmodifiableList(cells);
    }

    private List<Object> present(boolean part) {
        List<Object> present = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (explored[i] == part && values[i] != null) {
                present.add(values[i]);
            }
        }
        return Collections.unmodifiableList(present);
    }

    /** How many rows are explored, or measured. */
    int rows(boolean part) {
        int rows = 0;
        for (boolean row : explored) {
            rows += row == part ? 1 : 0;
        }
        return rows;
    }
}
