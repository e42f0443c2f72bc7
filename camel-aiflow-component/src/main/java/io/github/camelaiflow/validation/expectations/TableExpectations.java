package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Expectations of a table as a whole: how many records, which columns. */
final class TableExpectations {

    private TableExpectations() {}

    static void register(Vocabulary known) {
        known.table(
                "expect_table_row_count_to_be_between",
                arguments -> RowCount.of(
                        CountRange.read(arguments, "Minimum Threshold cannot be larger than Maximum Threshold")));
        known.table("expect_table_row_count_to_equal", arguments -> RowCount.of(CountRange.readExact(arguments)));
        known.table(
                "expect_table_column_count_to_be_between",
                arguments -> columnCount(CountRange.read(arguments, "min_value cannot be greater than max_value")));
        known.table("expect_table_column_count_to_equal", arguments -> columnCount(CountRange.readExact(arguments)));
        known.table("expect_table_columns_to_match_set", TableExpectations::columnSet);
        known.table("expect_table_columns_to_match_ordered_list", TableExpectations::columnList);
        known.table("expect_column_to_exist", TableExpectations::columnExists);
        known.table("expect_column_type_to_be", ColumnType::read);
    }

    private static BatchCheck columnCount(CountRange range) {
        return new TableColumns(
                columns -> Finding.observed(range.holds(columns.size()), columns.size()), range.describe("columns"));
    }

    private static BatchCheck columnSet(Arguments arguments) {
        boolean given = arguments.flag("exact_match");
        boolean exact = given || !arguments.has("exact_match");
        List<String> names = names(arguments, "column_set");
        Set<String> expected = names == null ? Set.of() : new LinkedHashSet<>(names);
        String requirement =
                "must have " + (exact ? "exactly" : "at least") + " these columns: " + String.join(", ", expected);
        return new TableColumns(columns -> matchSet(expected, exact, names == null, columns), requirement);
    }

    private static Finding matchSet(Set<String> expected, boolean exact, boolean anySet, List<String> columns) {
        Set<String> unexpected = new TreeSet<>(columns);
        unexpected.removeAll(expected);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(columns);
        List<String> observed = columns.stream().sorted().toList();
        if (anySet && !exact) {
            return Finding.observed(true, observed);
        }
        Map<String, Object> mismatched = new LinkedHashMap<>();
        if (!unexpected.isEmpty()) {
            mismatched.put("unexpected", List.copyOf(unexpected));
        }
        if (!missing.isEmpty()) {
            mismatched.put("missing", List.copyOf(missing));
        }
        boolean success = missing.isEmpty() && (unexpected.isEmpty() || !exact);
        return Finding.observed(success, observed, Map.of("mismatched", mismatched));
    }

    private static BatchCheck columnList(Arguments arguments) {
        List<String> expected = names(arguments, "column_list");
        if (expected == null) {
            return new TableColumns(columns -> Finding.observed(true, columns), "may have any columns");
        }
        return new TableColumns(
                columns -> matchList(expected, columns), "must have these columns: " + String.join(", ", expected));
    }

    private static Finding matchList(List<String> expected, List<String> columns) {
        if (columns.equals(expected)) {
            return Finding.observed(true, columns);
        }
        List<Object> mismatched = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), columns.size()); i++) {
            String wanted = i < expected.size() ? expected.get(i) : null;
            String found = i < columns.size() ? columns.get(i) : null;
            if (wanted == null || !wanted.equals(found)) {
                Map<String, Object> mismatch = new LinkedHashMap<>();
                mismatch.put("Expected Column Position", i);
                mismatch.put("Expected", wanted);
                mismatch.put("Found", found);
                mismatched.add(mismatch);
            }
        }
        return Finding.observed(false, columns, Map.of("mismatched", mismatched));
    }

    /** As in GX, an index of 0 is as none, and one below 0 counts from the end. */
    private static BatchCheck columnExists(Arguments arguments) {
        String column = columnName(arguments);
        Object index = arguments.value("column_index");
        boolean whole = index instanceof Integer || (index instanceof Long number && number == number.intValue());
        if (index != null && !whole) {
            arguments.problem("column_index must be an integer, or None; columns are counted from 0");
        }
        int place = whole ? ((Number) index).intValue() : 0;
        if (place == 0) {
            return new TableColumns(columns -> Finding.observed(columns.contains(column), null), "must exist");
        }
        return new TableColumns(
                columns -> {
                    long from = place < 0 ? (long) place + columns.size() : place;
                    boolean inside = from >= 0 && from < columns.size();
                    return Finding.observed(inside && columns.get((int) from).equals(column), null);
                },
                "must be the column with index " + place);
    }

    static String columnName(Arguments arguments) {
        if (arguments.value("column") instanceof String text && !text.isEmpty()) {
            return text;
        }
        arguments.problem("column must be given, as the name of a field (Column name must be a string)");
        return "";
    }

    /** {@code null} where the argument is given as null, which GX allows. */
    private static List<String> names(Arguments arguments, String argument) {
        if (arguments.has(argument) && arguments.value(argument) == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (Object name : arguments.list(argument)) {
            if (name instanceof String text) {
                names.add(text);
            } else {
                arguments.problem(argument + " must hold names of fields");
                break;
            }
        }
        return names;
    }
}
