package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an expectation reads of a record. Operands that read the same are equal, so that it is read once. Immutable.
 *
 * <p>Of one column it reads the value; of several a list of values, in order; of a table the record itself.
 */
public final class Operand {

    /** Stands for the value of a record the row condition leaves out. */
    public static final Object EXCLUDED = new Object() {
        @Override
        public String toString() {
            return "excluded";
        }
    };

    private enum Shape {
        COLUMN,
        PAIR,
        LIST,
        TABLE
    }

    private final Shape shape;
    private final List<String> columns;
    private final IgnoreRow ignore;
    private final Object conditionSource;
    private final RowCondition condition;

    private Operand(
            Shape shape, List<String> columns, IgnoreRow ignore, Object conditionSource, RowCondition condition) {
        this.shape = shape;
        this.columns = List.copyOf(columns);
        this.ignore = ignore;
        this.conditionSource = conditionSource;
        this.condition = condition;
    }

    static Operand column(String column) {
        return new Operand(Shape.COLUMN, List.of(column), IgnoreRow.NEVER, null, null);
    }

    static Operand pair(String a, String b, IgnoreRow ignore) {
        return new Operand(Shape.PAIR, List.of(a, b), ignore, null, null);
    }

    static Operand columns(List<String> columns, IgnoreRow ignore) {
        return new Operand(Shape.LIST, columns, ignore, null, null);
    }

    static Operand table() {
        return new Operand(Shape.TABLE, List.of(), IgnoreRow.NEVER, null, null);
    }

    /**
     * The same of those records only that meet a condition.
     *
     * @param source what the condition was read from; equal sources are the same condition
     */
    Operand where(Object source, RowCondition rows) {
        return new Operand(shape, columns, ignore, source, rows);
    }

    /** The columns read; empty for a table. */
    public List<String> columns() {
        return columns;
    }

    /** How results name what is read: the column, or the columns with commas; empty for a table. */
    public String name() {
        return String.join(",", columns);
    }

    /** Whether it has a row condition. */
    public boolean conditional() {
        return condition != null;
    }

    /**
     * What it reads of the record; {@code null} or NaN for missing, {@link #EXCLUDED} where the condition does not hold.
     *
     * @throws Unjudgeable if the condition cannot be judged
     */
    public Object read(Map<String, Object> record) throws Unjudgeable {
        if (condition != null && !condition.holds(record)) {
            return EXCLUDED;
        }
        return switch (shape) {
            case COLUMN -> record.get(columns.get(0));
            case PAIR, LIST -> tuple(record);
            case TABLE -> record;
        };
    }

    /** What results show of a value read: of a list of columns a map from column to value, of a pair a list, else the value. */
    public Object shown(Object value) {
        if (shape != Shape.LIST || !(value instanceof List<?> values)) {
            return value;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(columns.get(i), values.get(i));
        }
        return named;
    }

    private Object tuple(Map<String, Object> record) {
        List<Object> values = new ArrayList<>(columns.size());
        columns.forEach(column -> values.add(record.get(column)));
        return ignore.ignores(values) ? null : Collections.unmodifiableList(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Operand operand
                && shape == operand.shape
                && columns.equals(operand.columns)
                && ignore == operand.ignore
                && Objects.equals(conditionSource, operand.conditionSource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, columns, ignore, conditionSource);
    }

    @Override
    public String toString() {
        return shape + columns.toString();
    }
}
