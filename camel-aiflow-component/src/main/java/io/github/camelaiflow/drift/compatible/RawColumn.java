package io.github.camelaiflow.drift.compatible;

import io.github.camelaiflow.drift.profile.FieldValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A column's values, row by row.
 *
 * @param numbers NaN where missing or infinite; {@code null} for categories
 * @param labels {@code null} where missing; {@code null} for numbers
 */
record RawColumn(double[] numbers, String[] labels) {

    /** Whether all values that are not missing are numbers. */
    static boolean numeric(List<Map<String, Object>> rows, String column) {
        return rows.stream().map(row -> row.get(column)).allMatch(value -> missing(value) || value instanceof Number);
    }

    static RawColumn of(List<Map<String, Object>> rows, String column, boolean numeric) {
        Stream<Object> values = rows.stream().map(row -> row.get(column));
        return numeric
                ? new RawColumn(values.mapToDouble(RawColumn::number).toArray(), null)
                : new RawColumn(null, values.map(RawColumn::label).toArray(String[]::new));
    }

    private static boolean missing(Object value) {
        return value == null || value instanceof CharSequence text && text.length() == 0;
    }

    private static double number(Object value) {
        double number = value instanceof Number some ? some.doubleValue() : Double.NaN;
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    private static String label(Object value) {
        if (value instanceof Number some && !Double.isFinite(some.doubleValue())) {
            return null;
        }
        Object kept = FieldValue.kept(value);
        return kept == null || kept == FieldValue.UNREADABLE ? null : FieldValue.category(kept);
    }

    boolean numeric() {
        return numbers != null;
    }

    int rows() {
        return numeric() ? numbers.length : labels.length;
    }

    /** Some of the rows. */
    RawColumn rows(int from, int to) {
        return numeric()
                ? new RawColumn(Arrays.copyOfRange(numbers, from, to), null)
                : new RawColumn(null, Arrays.copyOfRange(labels, from, to));
    }

    /** Without missing values. */
    RawColumn present() {
        return numeric()
                ? new RawColumn(
                        Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).toArray(), null)
                : new RawColumn(
                        null, Arrays.stream(labels).filter(Objects::nonNull).toArray(String[]::new));
    }

    /** How often each value occurs, missing ones left out. */
    SortedMap<Object, Integer> counts() {
        SortedMap<Object, Integer> counts = new TreeMap<>();
        if (numeric()) {
            Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).forEach(x -> counts.merge(x + 0.0, 1, Integer::sum));
        } else {
            Arrays.stream(labels).filter(Objects::nonNull).forEach(label -> counts.merge(label, 1, Integer::sum));
        }
        return counts;
    }

    /** The counts of all values that occur in either, side by side in the order of the values. */
    static int[][] table(RawColumn reference, RawColumn window) {
        SortedMap<Object, Integer> expected = reference.counts();
        SortedMap<Object, Integer> seen = window.counts();
        TreeSet<Object> keys = new TreeSet<>(expected.keySet());
        keys.addAll(seen.keySet());
        return new int[][] {
            keys.stream().mapToInt(key -> expected.getOrDefault(key, 0)).toArray(),
            keys.stream().mapToInt(key -> seen.getOrDefault(key, 0)).toArray()
        };
    }
}
