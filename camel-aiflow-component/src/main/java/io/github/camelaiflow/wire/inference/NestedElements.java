package io.github.camelaiflow.wire.inference;

import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.Tensor;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Nested arrays of what a model answered to a tensor of the type its metadata say.
 *
 * @param name the tensor's name
 * @param datatype the type of its elements
 */
record NestedElements(String name, Datatype datatype) {

    /** How deep the arrays are; 0 for an element. An empty array holds elements. */
    static int rank(Object nested) {
        if (!nested.getClass().isArray()) {
            return 0;
        }
        if (nested instanceof Object[] parts && parts.length > 0 && parts[0] != null) {
            return 1 + rank(parts[0]);
        }
        int rank = 0;
        for (Class<?> type = nested.getClass(); type.isArray(); type = type.getComponentType()) {
            rank++;
        }
        return rank;
    }

    /** @throws CallException 500 if the arrays are ragged, or hold what the type doesn't */
    Tensor tensor(Object nested) {
        List<Long> shape = new ArrayList<>();
        long elements = 1;
        Object level = nested;
        for (int left = rank(nested); left > 0; left--) {
            int size = level == null ? 0 : Array.getLength(level);
            shape.add((long) size);
            elements *= size;
            level = size > 0 && left > 1 ? Array.get(level, 0) : null;
        }
        Object data = Array.newInstance(datatype.element(), Math.toIntExact(elements));
        try {
            copy(nested, shape, 0, data, 0);
        } catch (ClassCastException | NumberFormatException | NullPointerException e) {
            throw new CallException(500, "the model must answer with " + datatype + " in its output " + name);
        }
        return Tensor.of(name, datatype, shape, data);
    }

    private int copy(Object nested, List<Long> shape, int level, Object data, int at) {
        if (level == shape.size()) {
            Array.set(data, at, element(nested));
            return at + 1;
        }
        int size = Array.getLength(nested);
        if (size != shape.get(level)) {
            throw new CallException(500, "the model must answer each row alike in its output " + name);
        }
        int next = at;
        for (int i = 0; i < size; i++) {
            next = copy(Array.get(nested, i), shape, level + 1, data, next);
        }
        return next;
    }

    /** Labels are texts, also where the model's own are numbers. */
    private Object element(Object element) {
        return switch (datatype) {
            case BOOL -> element instanceof String text ? Boolean.valueOf(text) : (Object) (Boolean) element;
            case BYTES -> element.toString().getBytes(StandardCharsets.UTF_8);
            case FP64 -> number(element).doubleValue();
            case FP16, FP32, BF16 -> number(element).floatValue();
            case INT8, UINT8 -> number(element).byteValue();
            case INT16, UINT16 -> number(element).shortValue();
            case INT32, UINT32 -> number(element).intValue();
            case INT64, UINT64 -> number(element).longValue();
        };
    }

    private Number number(Object element) {
        if (!(element instanceof String text)) {
            return (Number) element;
        }
        return datatype.floating() ? (Number) Double.valueOf(text) : (Number) Long.valueOf(text);
    }
}
