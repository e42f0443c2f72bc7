package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.statistics.Reservoir;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of a sample in bounded memory: all of a small one, of a larger one a uniform choice. Rows are copied, long texts cut;
 * lists, maps and bytes are kept by their kind only, fields without a name not at all. Not thread-safe.
 */
public final class Sample {

    /** Texts are cut there; a column that has one is judged by kind and presence only. */
    static final int TEXT_KEPT = 1_000;

    private static final int MAX_COLUMNS = 1_000;
    private static final int CELLS_KEPT = 10_000_000;
    private static final int ROWS_AT_LEAST = 1_000;

    /** In a kept row: the field was there, its value missing. */
    private static final Object NOTHING = new Object();

    private static final byte[] NO_BYTES = {};

    private record Kept(long index, Object[] cells) {}

    private final SuggestSettings settings;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Set<Integer> cut = new HashSet<>();
    private final List<Kept> rows = new ArrayList<>();
    private Reservoir reservoir;
    private boolean columnsLeftOut;

    public Sample(SuggestSettings settings) {
        this.settings = settings;
    }

    /** Takes one row; the caller may change it afterwards. */
    public void add(Map<String, Object> row) {
        if (reservoir == null) {
            int fit = Math.max(ROWS_AT_LEAST, CELLS_KEPT / Math.max(1, row.size()));
            reservoir = new Reservoir(Math.min(settings.maxRows(), fit), SeededRandom.stream(settings.seed(), 1));
        }
        int place = reservoir.next();
        if (place == Reservoir.SKIP) {
            return;
        }
        Kept kept = new Kept(reservoir.seen() - 1, cells(row));
        if (place < rows.size()) {
            rows.set(place, kept);
        } else {
            rows.add(kept);
        }
    }

    private Object[] cells(Map<String, Object> row) {
        for (String name : row.keySet()) {
            if (!columns.containsKey(name) && !name.isEmpty()) {
                if (columns.size() < MAX_COLUMNS) {
                    columns.put(name, columns.size());
                } else {
                    columnsLeftOut = true;
                }
            }
        }
        Object[] cells = new Object[columns.size()];
        row.forEach((name, value) -> {
            Integer column = columns.get(name);
            if (column != null) {
                cells[column] = cell(column, value);
            }
        });
        return cells;
    }

    private Object cell(int column, Object value) {
        if (Values.missing(value)) {
            return NOTHING;
        }
        if (value instanceof String text && text.length() > TEXT_KEPT) {
            cut.add(column);
            return text.substring(0, TEXT_KEPT);
        }
        if (value instanceof CharSequence text && !(value instanceof String)) {
            return cell(column, text.toString());
        }
        return value instanceof Map
                ? Map.of()
                : value instanceof List ? List.of() : value instanceof byte[] ? NO_BYTES : value;
    }

    /** How many rows were added. */
    public long rowsRead() {
        return reservoir == null ? 0 : reservoir.seen();
    }

    /** How many of them are kept. */
    public int rowsKept() {
        return rows.size();
    }

    SuggestSettings settings() {
        return settings;
    }

    boolean columnsLeftOut() {
        return columnsLeftOut;
    }

    /** The columns in the order they were first seen, each with the values of the kept rows in the order these came. */
    List<SampleColumn> columns() {
        List<Kept> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparingLong(Kept::index));
        boolean[] explored = Split.explored(ordered.size(), settings.seed());
        List<SampleColumn> result = new ArrayList<>(columns.size());
        columns.forEach((name, column) -> {
            Object[] values = new Object[ordered.size()];
            int absent = 0;
            for (int i = 0; i < values.length; i++) {
                Object[] cells = ordered.get(i).cells;
                Object cell = column < cells.length ? cells[column] : null;
                absent += cell == null && !explored[i] ? 1 : 0;
                values[i] = cell == NOTHING ? null : cell;
            }
            result.add(new SampleColumn(name, values, explored, absent, cut.contains(column)));
        });
        return result;
    }
}
