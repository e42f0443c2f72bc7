package io.github.camelaiflow.model.features;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arrays of numbers in the order of the spec's features, for a model whose features have names. Thread-safe.
 *
 * @param spec what the flow says of the model
 * @param type the numbers the model reads
 * @param fieldOf the model's columns' fields, by column
 * @param columnOf column of each of the spec's features; empty if arrays can't be taken
 * @param problems how the spec's features don't fit the model, each a sentence
 */
public record FeatureArrays(ModelSpec spec, Type type, List<String> fieldOf, int[] columnOf, List<String> problems) {

    static final String INPUT = "features";

    /** A type of numbers, named as the Open Inference Protocol does. */
    public enum Type {
        FP32(Float.MAX_VALUE, "a number a 32-bit float holds"),
        FP64(Double.MAX_VALUE, "a finite number");

        private final double largest;
        private final String expected;

        Type(double largest, String expected) {
            this.largest = largest;
            this.expected = expected;
        }

        /** The largest magnitude it holds. */
        public double largest() {
            return largest;
        }
    }

    /** Arrays for the columns of the encoder. */
    public static FeatureArrays of(ModelSpec spec, FeatureEncoder encoder, Type type) {
        List<String> fields =
                encoder.columns().stream().map(FeatureEncoder::field).toList();
        List<String> problems = spec.features().isEmpty() ? List.of() : problems(spec, encoder.columns(), fields);
        int[] columns = new int[spec.features().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(spec.features().get(i), encoder, fields);
        }
        boolean usable = problems.isEmpty() && Arrays.stream(columns).allMatch(column -> column >= 0);
        return new FeatureArrays(spec, type, fields, usable ? columns : new int[0], problems);
    }

    private static List<String> problems(ModelSpec spec, List<String> columns, List<String> fields) {
        List<String> unknown = new ArrayList<>(spec.features());
        unknown.removeAll(columns);
        unknown.removeAll(fields);
        List<String> lacking = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean named =
                    spec.features().contains(columns.get(i)) || spec.features().contains(fields.get(i));
            if (!named && !spec.missingAllowed().contains(fields.get(i))) {
                lacking.add(columns.get(i));
            }
        }
        List<String> problems = new ArrayList<>();
        if (!unknown.isEmpty()) {
            problems.add("the features name " + String.join(", ", unknown) + ", which the model doesn't know");
        }
        if (!lacking.isEmpty()) {
            problems.add("the features lack " + String.join(", ", lacking) + ", which the model needs");
        }
        if (Set.copyOf(spec.features()).size() < spec.features().size()) {
            problems.add("the features name one feature twice");
        }
        return problems;
    }

    /** The feature's one column, -1 if it has several or isn't a number. */
    private static int column(String feature, FeatureEncoder encoder, List<String> fields) {
        int exact = encoder.columns().indexOf(feature);
        if (exact >= 0) {
            return exact;
        }
        int first = fields.indexOf(feature);
        boolean single = first >= 0 && first == fields.lastIndexOf(feature);
        return single && encoder.isNumber(first) ? first : -1;
    }

    /** The tensor that is taken: one or more rows of the features; none if arrays can't be taken. */
    public List<Signature.TensorSpec> inputs() {
        return columnOf.length == 0
                ? List.of()
                : List.of(new Signature.TensorSpec(INPUT, type.name(), List.of(-1L, (long) columnOf.length)));
    }

    /**
     * The rows of the one tensor.
     *
     * @throws ModelException if the spec doesn't name the features' order
     * @throws DataException if it is another tensor, or its type or shape is not right
     */
    public double[][] rows(ModelInput.Tensors tensors) {
        if (spec.features().isEmpty()) {
            throw new ModelException(
                    false,
                    "arrays need an order of features: name it by `features`, model " + spec.place() + " has none");
        }
        if (columnOf.length == 0) {
            throw unsupported("has categories among its features: send records, not arrays");
        }
        Map<String, Object> arrays = tensors.arrays();
        Object array = arrays.containsKey("") ? arrays.get("") : arrays.get(INPUT);
        if (arrays.size() != 1 || array == null) {
            throw unsupported("takes one array, by the name " + INPUT + " or none");
        }
        if (array instanceof Object[] nested) {
            double[][] rows = new double[nested.length][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = row(nested[i]);
            }
            return rows;
        }
        return new double[][] {row(array)};
    }

    private DataException unsupported(String requirement) {
        return new DataException(Reason.UNSUPPORTED_BODY, List.of(), "model " + spec.place() + " " + requirement);
    }

    private double[] row(Object array) {
        double[] row = doubles(array);
        if (row == null || row.length != columnOf.length) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(),
                    "model " + spec.place() + " needs rows of " + columnOf.length
                            + " numbers, as float[], double[], long[] or int[]");
        }
        return row;
    }

    private static double[] doubles(Object array) {
        if (array instanceof double[] doubles) {
            return doubles;
        }
        if (array instanceof float[] floats) {
            double[] row = new double[floats.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = floats[i];
            }
            return row;
        }
        if (array instanceof long[] longs) {
            return Arrays.stream(longs).asDoubleStream().toArray();
        }
        return array instanceof int[] ints
                ? Arrays.stream(ints).asDoubleStream().toArray()
                : null;
    }

    /**
     * Puts a row's numbers where the model has their columns.
     *
     * @param values gets one value per column, NaN where an allowed feature is missing
     * @return {@code null} if all went well, else what is wrong with the row
     */
    public DataException arrange(double[] row, double[] values) {
        RowErrors errors = new RowErrors(spec.place());
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < row.length; i++) {
            double value = row[i];
            String field = fieldOf.get(columnOf[i]);
            if (Math.abs(value) > type.largest) {
                errors.wrong(field, type.expected);
            } else if (Double.isNaN(value) && !spec.missingAllowed().contains(field)) {
                errors.missing(field);
            }
            values[columnOf[i]] = value;
        }
        return errors.isEmpty() ? null : errors.toException();
    }
}
