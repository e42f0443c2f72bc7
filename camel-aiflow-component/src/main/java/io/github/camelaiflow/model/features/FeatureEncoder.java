package io.github.camelaiflow.model.features;

import io.github.camelaiflow.data.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a row into the columns a model was trained on. A column {@code f} or {@code f@value} is the number (or Boolean,
 * as 1 and 0) of field {@code f}; the columns {@code f@A}, {@code f@B}, … are 1 where field {@code f} is the category
 * {@code A}, {@code B}, …; a category without a column sets none. These are the names Tribuo's columnar processors for
 * numbers and identities give.
 *
 * <p>Text that looks like a number is not parsed: whether {@code "1,000"} is a thousand is for the sender to say. A
 * category may be a String, a Boolean or an integer. Thread-safe.
 */
public final class FeatureEncoder {

    private static final char SEPARATOR = '@';
    private static final String NUMBER_ENTRY = "value";

    private final String model;
    private final List<String> columns;
    private final FieldReader[] readers;

    private FeatureEncoder(String model, List<String> columns, FieldReader[] readers) {
        this.model = model;
        this.columns = columns;
        this.readers = readers;
    }

    /**
     * How values are written.
     *
     * @param missingAllowed fields that may be missing: their column is then NaN (a category's: {@code noCategory})
     * @param noCategory what a category's column holds when the field has another category
     * @param largest the largest magnitude the model's number type holds
     */
    public record Style(Set<String> missingAllowed, double noCategory, double largest) {}

    /** An encoder for the columns, which must be unique; the model's name is for messages. */
    public static FeatureEncoder of(String model, List<String> columns, Style style) {
        Map<String, Map<String, Integer>> entries = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            String field = field(column);
            String entry = field.equals(column) ? "" : column.substring(field.length() + 1);
            entries.computeIfAbsent(field, key -> new LinkedHashMap<>()).put(entry, i);
        }
        List<FieldReader> readers = new ArrayList<>();
        entries.forEach((field, columnOf) -> readers.addAll(readers(field, columnOf, style)));
        return new FeatureEncoder(model, List.copyOf(columns), readers.toArray(FieldReader[]::new));
    }

    /**
     * The encoder of an input that takes a row of numbers.
     *
     * @param input the input's name, for messages
     * @param width how many numbers it takes; negative for any
     * @param problems what doesn't fit is added to
     */
    public static FeatureEncoder ofRow(
            String model, String input, long width, List<String> features, Style style, List<String> problems) {
        if (width >= 0 && width != features.size()) {
            problems.add("its input " + input + " takes " + width + " features, " + features.size() + " are named");
        }
        if (Set.copyOf(features).size() < features.size()) {
            problems.add("the features name one feature twice");
        }
        FeatureEncoder encoder = of(model, features, style);
        for (String field : encoder.contradictions()) {
            problems.add("the features want a number and a category of the field " + field);
        }
        return encoder;
    }

    /** The field a column is read from: what stands before the first {@code @}, if anything does. */
    public static String field(String column) {
        int at = column.indexOf(SEPARATOR);
        // interned, so that looking it up in a row, whose keys mostly are so too, compares no characters
        return (at > 0 ? column.substring(0, at) : column).intern();
    }

    private static List<FieldReader> readers(String field, Map<String, Integer> columnOf, Style style) {
        boolean optional = style.missingAllowed().contains(field);
        boolean number = columnOf.keySet().stream().allMatch(entry -> entry.isEmpty() || entry.equals(NUMBER_ENTRY));
        List<FieldReader> readers = new ArrayList<>();
        Map<String, Integer> categories = new LinkedHashMap<>();
        columnOf.forEach((entry, column) -> {
            if (number || entry.isEmpty()) {
                readers.add(new FieldReader.OfNumber(field, optional, column, style.largest()));
            } else {
                categories.put(entry, column);
            }
        });
        if (!categories.isEmpty()) {
            readers.add(new FieldReader.OfCategory(field, optional, categories, style.noCategory()));
        }
        return readers;
    }

    /** The columns in order. */
    public List<String> columns() {
        return columns;
    }

    /** The fields that are read, each once, in order of their first column. */
    public List<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        for (FieldReader reader : readers) {
            fields.add(reader.field());
        }
        return List.copyOf(fields);
    }

    /** Whether the column holds a number rather than whether a field has a category. */
    public boolean isNumber(int column) {
        for (FieldReader reader : readers) {
            if (reader instanceof FieldReader.OfNumber number && number.column() == column) {
                return true;
            }
        }
        return false;
    }

    /** Fields whose columns want a number and a category at once, so that no row can satisfy them. */
    public List<String> contradictions() {
        Set<String> numbers = new LinkedHashSet<>();
        Set<String> both = new LinkedHashSet<>();
        for (FieldReader reader : readers) {
            if (reader instanceof FieldReader.OfNumber) {
                numbers.add(reader.field());
            } else if (numbers.contains(reader.field())) {
                both.add(reader.field());
            }
        }
        return List.copyOf(both);
    }

    /**
     * Writes a row's columns.
     *
     * @param row the row; {@code null} is one without values
     * @param values gets one value per column, NaN where an allowed field is missing
     * @return {@code null} if all went well, else what is wrong with the row; then {@code values} is of no use
     */
    public DataException encode(Map<String, Object> row, double[] values) {
        if (row == null) {
            return diagnose(Map.of());
        }
        for (FieldReader reader : readers) {
            if (reader.read(row.get(reader.field()), values) != FieldReader.OK) {
                return diagnose(row);
            }
        }
        return null;
    }

    private DataException diagnose(Map<String, Object> row) {
        RowErrors errors = new RowErrors(model);
        double[] ignored = new double[columns.size()];
        for (FieldReader reader : readers) {
            int state = reader.read(row.get(reader.field()), ignored);
            if (state == FieldReader.MISSING) {
                errors.missing(reader.field());
            } else if (state == FieldReader.WRONG) {
                errors.wrong(reader.field(), reader.expected());
            }
        }
        return errors.toException();
    }
}
