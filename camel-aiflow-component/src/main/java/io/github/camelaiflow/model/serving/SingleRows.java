package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which inputs are a single row that can share a call with others, and how they are put together. */
final class SingleRows {

    private static final Object RECORD = "record";

    private SingleRows() {}

    /** What the inputs of one call must have in common; {@code null} if the input must be asked by itself. */
    static Object kind(ModelInput input, Signature signature) {
        if (input instanceof ModelInput.Rows rows) {
            return rows.rows().size() == 1 ? RECORD : null;
        }
        Map<String, Object> kinds = new HashMap<>();
        for (Map.Entry<String, Object> entry :
                ((ModelInput.Tensors) input).arrays().entrySet()) {
            TensorSpec spec = spec(entry.getKey(), signature);
            List<Integer> shape = shape(entry.getValue());
            boolean single = spec != null
                    && shape != null
                    && !shape.isEmpty()
                    && shape.size() == spec.shape().size() - 1
                    && spec.shape().get(0) < 0;
            if (!single) {
                return null;
            }
            kinds.put(entry.getKey(), List.of(entry.getValue().getClass(), shape));
        }
        return kinds.isEmpty() ? null : kinds;
    }

    private static TensorSpec spec(String name, Signature signature) {
        if (name.isEmpty()) {
            return signature.inputs().size() == 1 ? signature.inputs().get(0) : null;
        }
        return signature.inputs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Sizes by dimension; {@code null} if rows of the array differ in size. */
    private static List<Integer> shape(Object array) {
        if (array == null || !array.getClass().isArray()) {
            return array == null ? null : List.of();
        }
        List<Integer> shape = new ArrayList<>(List.of(Array.getLength(array)));
        if (array instanceof Object[] nested
                && array.getClass().getComponentType().isArray()) {
            List<Integer> first = nested.length == 0 ? null : shape(nested[0]);
            for (Object other : nested) {
                if (first == null || !first.equals(shape(other))) {
                    return null;
                }
            }
            shape.addAll(first == null ? List.of() : first);
            return first == null ? null : shape;
        }
        return shape;
    }

    /** One input of all these, which are of one kind; a sole one is left as it is. */
    static ModelInput together(List<ModelInput> inputs) {
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        if (inputs.get(0) instanceof ModelInput.Rows) {
            List<Map<String, Object>> rows = new ArrayList<>(inputs.size());
            inputs.forEach(input -> rows.addAll(((ModelInput.Rows) input).rows()));
            return new ModelInput.Rows(rows);
        }
        Map<String, Object> arrays = new LinkedHashMap<>();
        ((ModelInput.Tensors) inputs.get(0)).arrays().forEach((name, first) -> {
            Object stacked = Array.newInstance(first.getClass(), inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                Array.set(
                        stacked,
                        i,
                        ((ModelInput.Tensors) inputs.get(i)).arrays().get(name));
            }
            arrays.put(name, stacked);
        });
        return new ModelInput.Tensors(arrays);
    }
}
