package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.LocalTime;
import java.time.temporal.Temporal;

/**
 * Whether all values of a column are of one type; what is observed is named as pandas names a column's type. Missing values
 * change no type here, while pandas makes numbers with gaps {@code float64}.
 */
record ColumnType(ValueCheck type, boolean anything) implements BatchCheck {

    private static final String MIXED = "object";

    /** The types seen so far. */
    private static final class Seen implements Accumulator<Seen> {

        private final ValueCheck expected;
        private boolean met = true;
        private String type;

        private Seen(ValueCheck expected) {
            this.expected = expected;
        }

        @Override
        public void add(Object value) throws Unjudgeable {
            met = met && expected.meets(value);
            type = together(type, name(value));
        }

        @Override
        public void merge(Seen later) {
            met &= later.met;
            type = together(type, later.type);
        }

        private static String together(String a, String b) {
            if (a == null || b == null || a.equals(b)) {
                return a == null ? b : a;
            }
            boolean numbers = (a + b).matches("(int64|float64)+");
            return numbers ? "float64" : MIXED;
        }

        private static String name(Object value) {
            if (value instanceof Number) {
                return Values.integral(value) ? "int64" : "float64";
            }
            if (value instanceof Boolean) {
                return "bool";
            }
            if (value instanceof Temporal) {
                return value instanceof LocalTime ? MIXED : "datetime64";
            }
            return value instanceof String ? "str" : MIXED;
        }
    }

    static BatchCheck read(Arguments arguments) {
        Object name = arguments.value("type_");
        boolean anything = name == null && arguments.has("type_");
        return new ColumnType(TypeMatch.readOne(arguments), anything);
    }

    @Override
    public String requirement() {
        return type.requirement();
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(
                new Seen(type),
                (seen, counted) -> Finding.observed(anything || (seen.met && seen.type != null), seen.type));
    }
}
