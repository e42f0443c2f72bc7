package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether pandas would give a column this type: int64, float64 (also for whole numbers with missing values), bool,
 * datetime64, or object for texts, mixtures and all else. The observed value is the type's name; {@code null} without the column.
 *
 * @param dtype the name of numpy's type
 */
record ColumnType(String column, String dtype, String requirement) implements BatchCheck {

    private enum Seen {
        MISSING,
        BOOL,
        INTEGER,
        FLOAT,
        TIME,
        OTHER
    }

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        names("int64", "int int_ int64 i8 long");
        names("float64", "float float_ float64 f8 double");
        names("bool", "bool bool_ ?");
        names("object_", "object object_ O");
        names("datetime64", "datetime64 datetime64[ns] M8[ns] <M8[ns]");
        // Records never give a column one of these: an expectation of it is never met, as in GX.
        for (String name :
                ("int8 int16 int32 uint8 uint16 uint32 uint64 float16 float32 complex64 complex128 str str_ bytes"
                                + " timedelta64 timedelta64[ns] category string")
                        .split(" ")) {
            names(name, name);
        }
    }

    private static void names(String dtype, String names) {
        for (String name : names.split(" ")) {
            NAMES.put(name, dtype);
        }
    }

    static ColumnType read(Arguments arguments) {
        String column = TableExpectations.columnName(arguments);
        String name = arguments.text("type_");
        String dtype = NAMES.get(name);
        if (name != null && dtype == null) {
            arguments.problem("type_ names no type of a pandas column, was " + name
                    + "; known are int64, float64, bool, object, datetime64. For the type of each value use"
                    + " expect_column_values_to_be_of_type");
        }
        return new ColumnType(column, dtype, "must be a column of type " + name);
    }

    @Override
    public int share() {
        return 0;
    }

    @Override
    public BatchState newState(Memory memory) {
        return new State();
    }

    private final class State implements BatchState {

        private final Set<Seen> seen = EnumSet.noneOf(Seen.class);
        private boolean absent;

        @Override
        public void add(Object value, int index) {
            Map<?, ?> record = (Map<?, ?>) value;
            if (record.containsKey(column)) {
                seen.add(kind(record.get(column)));
            } else {
                absent = true;
            }
        }

        @Override
        public void merge(BatchState state, int offset) {
            State later = (State) state;
            seen.addAll(later.seen);
            absent |= later.absent;
        }

        @Override
        public Finding finding(Counted counted) {
            if (seen.isEmpty()) {
                return Finding.observed(false, null);
            }
            String observed = dtype(seen, absent || seen.contains(Seen.MISSING));
            return Finding.observed(observed.equals(dtype), observed);
        }
    }

    private static Seen kind(Object value) {
        if (value == null) {
            return Seen.MISSING;
        }
        if (value instanceof Boolean) {
            return Seen.BOOL;
        }
        if (value instanceof Double || value instanceof Float) {
            return Seen.FLOAT;
        }
        if (value instanceof Number number && Values.integral(value)) {
            return number instanceof BigInteger big && big.bitLength() >= Long.SIZE ? Seen.OTHER : Seen.INTEGER;
        }
        boolean date = value instanceof LocalDate || value instanceof LocalTime;
        return value instanceof Temporal && !date ? Seen.TIME : Seen.OTHER;
    }

    private static String dtype(Set<Seen> seen, boolean missing) {
        Set<Seen> kinds = EnumSet.copyOf(seen);
        kinds.remove(Seen.MISSING);
        if (kinds.equals(EnumSet.of(Seen.INTEGER))) {
            return missing ? "float64" : "int64";
        }
        if (kinds.equals(EnumSet.of(Seen.BOOL))) {
            return missing ? "object_" : "bool";
        }
        if (kinds.equals(EnumSet.of(Seen.TIME))) {
            return "datetime64";
        }
        boolean numbers =
                !kinds.isEmpty() && EnumSet.of(Seen.INTEGER, Seen.FLOAT).containsAll(kinds);
        return numbers ? "float64" : "object_";
    }
}
