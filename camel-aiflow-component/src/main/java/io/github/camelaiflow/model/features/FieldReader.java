package io.github.camelaiflow.model.features;

import java.util.Map;

/** Reads one field of a row into the columns that depend on it. Thread-safe. */
public sealed interface FieldReader {

    /** The value was written. */
    int OK = 0;
    /** There is no value, and there must be one. */
    int MISSING = 1;
    /** The value is of a type or range that isn't taken. */
    int WRONG = 2;

    /** The field's name in the row. */
    String field();

    /** What values are taken, for messages. */
    String expected();

    /** Writes the columns; returns one of the constants rather than throwing, since this runs for every value. */
    int read(Object value, double[] columns);

    /** A number, or a Boolean as 1 and 0, in one column. */
    record OfNumber(String field, boolean optional, int column, double largest) implements FieldReader {

        @Override
        public int read(Object value, double[] columns) {
            double number;
            if (value instanceof Number n) {
                number = n.doubleValue();
            } else if (value instanceof Boolean b) {
                number = b ? 1 : 0;
            } else if (value == null) {
                number = Double.NaN;
            } else {
                return WRONG;
            }
            if (Math.abs(number) > largest) {
                return WRONG;
            }
            columns[column] = number;
            return optional || !Double.isNaN(number) ? OK : MISSING;
        }

        @Override
        public String expected() {
            return largest < Double.MAX_VALUE ? "a number a 32-bit float holds" : "a finite number";
        }
    }

    /** A category: 1 in its column, {@code no} in the others. */
    record OfCategory(String field, boolean optional, Map<String, Integer> columnOf, int[] columns, double no)
            implements FieldReader {

        /** @param columnOf column by category */
        OfCategory(String field, boolean optional, Map<String, Integer> columnOf, double no) {
            this(
                    field,
                    optional,
                    Map.copyOf(columnOf),
                    columnOf.values().stream().mapToInt(Integer::intValue).toArray(),
                    no);
        }

        @Override
        public int read(Object value, double[] into) {
            String category = text(value);
            if (category == null && !missing(value)) {
                return WRONG;
            }
            if (category == null && !optional) {
                return MISSING;
            }
            for (int column : columns) {
                into[column] = no;
            }
            Integer column = category == null ? null : columnOf.get(category);
            if (column != null) {
                into[column] = 1;
            }
            return OK;
        }

        private static boolean missing(Object value) {
            return value == null || value instanceof Double d && d.isNaN() || value instanceof Float f && f.isNaN();
        }

        private static String text(Object value) {
            if (value instanceof String string) {
                return string;
            }
            boolean whole = value instanceof Integer
                    || value instanceof Long
                    || value instanceof Short
                    || value instanceof Byte
                    || value instanceof Boolean;
            return whole ? value.toString() : null;
        }

        @Override
        public String expected() {
            return "a category (text, true or false, or an integer)";
        }
    }
}
