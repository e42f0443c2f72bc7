package io.github.camelaiflow;

import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;

/** Tells bodies that are raw tensors from bodies that hold records. */
final class Tensors {

    private static final int ROWS_OF_FEATURES = 2;

    private Tensors() {}

    /** A raw input, and whether it holds several rows. */
    record Raw(ModelInput.Tensors input, boolean batch) {}

    /** The body as tensors for that model; {@code null} if it holds records. */
    static Raw of(Object body, Signature signature) {
        if (body instanceof Map<?, ?> map) {
            return named(map, signature);
        }
        Object array =
                body instanceof List<?> list && !list.isEmpty() && isArray(list.get(0), signature) ? stack(list) : body;
        if (!isArray(array, signature)) {
            return null;
        }
        boolean batch = signature.inputs().isEmpty()
                ? depth(array) >= ROWS_OF_FEATURES
                : signature.isBatch()
                        && depth(array) >= signature.inputs().get(0).shape().size();
        return new Raw(new ModelInput.Tensors(Map.of("", array)), batch);
    }

    @SuppressWarnings("unchecked")
    private static Raw named(Map<?, ?> map, Signature signature) {
        boolean arrays = false;
        boolean batch = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            TensorSpec spec = input(signature, entry.getKey());
            Object value = entry.getValue();
            if (spec == null || !fits(value, spec)) {
                return null;
            }
            boolean array = value != null && value.getClass().isArray();
            arrays |= array || value instanceof List<?>;
            batch |= array && depth(value) >= spec.shape().size();
        }
        return arrays ? new Raw(new ModelInput.Tensors((Map<String, Object>) map), batch && signature.isBatch()) : null;
    }

    /** An array; for some inputs a list of arrays, a scalar, or nothing. Records hold no arrays, so one is enough to tell. */
    private static boolean fits(Object value, TensorSpec spec) {
        if (value == null) {
            return spec.optional();
        }
        if (value instanceof List<?>) {
            return spec.isSequence();
        }
        return value.getClass().isArray() || spec.shape().size() <= 1;
    }

    private static TensorSpec input(Signature signature, Object name) {
        return signature.inputs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** byte[] is JSON unless the model's sole input is of bytes. */
    private static boolean isArray(Object body, Signature signature) {
        if (body == null || !body.getClass().isArray()) {
            return false;
        }
        Class<?> element = body.getClass();
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element == byte.class) {
            return signature.inputs().size() == 1
                    && signature.inputs().get(0).type().endsWith("INT8");
        }
        return element.isPrimitive();
    }

    private static Object stack(List<?> list) {
        Object stacked = Array.newInstance(list.get(0).getClass(), list.size());
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(0).getClass().isInstance(list.get(i))) {
                return null;
            }
            Array.set(stacked, i, list.get(i));
        }
        return stacked;
    }

    private static int depth(Object array) {
        int depth = 0;
        for (Class<?> type = array.getClass(); type.isArray(); type = type.getComponentType()) {
            depth++;
        }
        return depth;
    }
}
