package io.github.camelaiflow.wire.inference;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.TensorSpec;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.Tensor;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request's tensors as the flow takes them.
 *
 * <ul>
 *   <li>One input a field, each [n] or [n, 1], at least one of them known to the flow: n records. NaN is a missing value.
 *   <li>One input of numbers [n, k], k the number of the model's features, in their order; beside it one input a field: n
 *       records.
 *   <li>Inputs by the names of the model's tensors: these, as they are.
 * </ul>
 *
 * @param maxRows how many records are taken
 */
record RequestTensors(InferRequest request, Schema schema, Signature signature, int maxRows) {

    private static final int TOO_LARGE = 413;

    /**
     * A list of records, or arrays by name.
     *
     * @throws CallException if the tensors are none of these
     */
    Object body() {
        List<Tensor> inputs = request.inputs();
        if (inputs.isEmpty()) {
            throw new CallException(400, "inputs must be there: " + wanted());
        }
        Set<String> known = known();
        List<Tensor> columns = inputs.stream().filter(RequestTensors::isColumn).toList();
        boolean named = columns.stream().anyMatch(column -> known.contains(column.name()))
                || known.isEmpty() && signature.inputs().isEmpty();
        if (columns.size() == inputs.size() && named) {
            return records(null, columns);
        }
        List<Tensor> matrices = inputs.stream().filter(this::isMatrix).toList();
        boolean onlyFields =
                columns.stream().allMatch(column -> matrices.contains(column) || known.contains(column.name()));
        if (matrices.size() == 1 && onlyFields && isWhole(columns, matrices.get(0))) {
            return records(matrices.get(0), columns);
        }
        if (inputs.stream().allMatch(this::isOfModel)) {
            Map<String, Object> arrays = new LinkedHashMap<>();
            inputs.forEach(input -> arrays.put(input.name(), input.nested()));
            return arrays;
        }
        throw new CallException(400, "inputs must be " + wanted());
    }

    private boolean isWhole(List<Tensor> columns, Tensor matrix) {
        long others = columns.stream().filter(column -> column != matrix).count();
        return others + 1 == request.inputs().size();
    }

    /** Names of a record's values. */
    private Set<String> known() {
        Set<String> known = new LinkedHashSet<>(signature.features());
        schema.fields().stream().map(Field::name).forEach(known::add);
        if (schema.key() != null) {
            known.add(schema.key());
        }
        return known;
    }

    private boolean isOfModel(Tensor input) {
        return signature.inputs().stream().anyMatch(spec -> spec.name().equals(input.name()));
    }

    private static boolean isColumn(Tensor input) {
        List<Long> shape = input.shape();
        return shape.size() == 1 || shape.size() == 2 && shape.get(1) == 1;
    }

    private boolean isMatrix(Tensor input) {
        boolean numbers = input.datatype().floating() || input.datatype().whole();
        return numbers
                && input.shape().size() == 2
                && !signature.features().isEmpty()
                && input.shape().get(1) == signature.features().size();
    }

    private List<Map<String, Object>> records(Tensor matrix, List<Tensor> columns) {
        List<String> features = signature.features();
        long rows = (matrix == null ? columns.get(0) : matrix).shape().get(0);
        for (Tensor column : columns) {
            if (column.shape().get(0) != rows) {
                throw new CallException(
                        400, "inputs must all have one number of rows, " + place(column) + " has another");
            }
        }
        if (rows > maxRows) {
            throw new CallException(TOO_LARGE, "a request must hold " + maxRows + " records or fewer");
        }
        List<Map<String, Object>> records = new ArrayList<>((int) rows);
        for (int row = 0; row < rows; row++) {
            records.add(new LinkedHashMap<>());
        }
        for (int i = 0; matrix != null && i < features.size(); i++) {
            fill(records, features.get(i), matrix, i, features.size());
        }
        for (Tensor column : columns) {
            if (column != matrix) {
                fill(records, column.name(), column, 0, 1);
            }
        }
        return records;
    }

    private void fill(List<Map<String, Object>> records, String name, Tensor tensor, int from, int step) {
        String[] texts = tensor.datatype() == Datatype.BYTES ? texts(tensor) : null;
        for (int row = 0; row < records.size(); row++) {
            int element = from + row * step;
            records.get(row).put(name, texts == null ? value(tensor, element) : texts[element]);
        }
    }

    private String[] texts(Tensor tensor) {
        Tensor flat = Tensor.of(tensor.name(), Datatype.BYTES, List.of((long) tensor.elements()), tensor.data());
        if (flat.nested() instanceof String[] texts) {
            return texts;
        }
        throw new CallException(400, place(tensor) + " must hold texts in UTF-8");
    }

    private String place(Tensor tensor) {
        return "inputs[" + request.inputs().indexOf(tensor) + "]";
    }

    /** {@code null} for NaN. */
    private static Object value(Tensor tensor, int element) {
        Object value = Array.get(tensor.data(), element);
        if (value instanceof Boolean) {
            return value;
        }
        Number number = (Number) value;
        if (tensor.datatype().floating()) {
            return Double.isNaN(number.doubleValue()) ? null : (Object) number.doubleValue();
        }
        return tensor.datatype().unsigned() ? unsigned(tensor.datatype(), number.longValue()) : number.longValue();
    }

    private static Number unsigned(Datatype datatype, long extended) {
        if (datatype == Datatype.UINT64) {
            return extended >= 0 ? extended : (Number) new BigInteger(Long.toUnsignedString(extended));
        }
        return extended & (1L << datatype.size() * Byte.SIZE) - 1;
    }

    private String wanted() {
        List<String> ways = new ArrayList<>();
        Set<String> known = known();
        if (!known.isEmpty()) {
            ways.add("one for each field, all [n] or [n, 1] (" + String.join(", ", known) + ")");
        }
        if (!signature.features().isEmpty()) {
            ways.add("one of numbers [n, " + signature.features().size() + "] (the features "
                    + String.join(", ", signature.features()) + ")");
        }
        if (!signature.inputs().isEmpty()) {
            ways.add("the model's own ("
                    + String.join(
                            ", ",
                            signature.inputs().stream().map(TensorSpec::name).toList()) + ")");
        }
        return ways.isEmpty() ? "one for each field, all [n] or [n, 1]" : String.join(", or ", ways);
    }
}
