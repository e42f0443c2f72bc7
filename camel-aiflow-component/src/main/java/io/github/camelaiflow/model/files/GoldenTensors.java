package io.github.camelaiflow.model.files;

import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nested lists, as JSON has them, to the Java arrays a model takes, and back. */
final class GoldenTensors {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("FP32", float.class),
            Map.entry("FP64", double.class),
            Map.entry("INT64", long.class),
            Map.entry("UINT64", long.class),
            Map.entry("INT32", int.class),
            Map.entry("UINT32", int.class),
            Map.entry("INT16", short.class),
            Map.entry("UINT16", short.class),
            Map.entry("INT8", byte.class),
            Map.entry("UINT8", byte.class),
            Map.entry("BOOL", boolean.class),
            Map.entry("BYTES", String.class));

    private GoldenTensors() {}

    /** @throws ModelException if a tensor is none of the model's, or no array of its type */
    static Map<String, Object> arrays(String place, int index, Map<String, Object> tensors, List<TensorSpec> inputs) {
        Map<String, Object> arrays = new LinkedHashMap<>();
        tensors.forEach((name, list) -> {
            String where = "golden record " + index + ": tensors." + name + " ";
            TensorSpec spec = inputs.stream()
                    .filter(input -> input.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ModelException.unfit(place, List.of(where + "is no input of the model")));
            try {
                arrays.put(name, array(list, TYPES.getOrDefault(spec.type(), float.class)));
            } catch (IllegalArgumentException | ClassCastException e) {
                throw ModelException.unfit(
                        place, List.of(where + "must be a rectangular list of values of type " + spec.type()));
            }
        });
        return arrays;
    }

    private static Object array(Object value, Class<?> element) {
        List<Integer> shape = new ArrayList<>();
        Object first = value;
        while (first instanceof List<?> list) {
            shape.add(list.size());
            first = list.isEmpty() ? null : list.get(0);
        }
        if (shape.isEmpty()) {
            throw new IllegalArgumentException("no list");
        }
        // before any room is made: the first lists of a ragged one can claim more elements than there is memory for
        checkRectangular((List<?>) value, shape, 0);
        Object array = Array.newInstance(
                element, shape.stream().mapToInt(Integer::intValue).toArray());
        fill(array, (List<?>) value, element);
        return array;
    }

    private static void checkRectangular(List<?> values, List<Integer> shape, int level) {
        if (values.size() != shape.get(level)) {
            throw new IllegalArgumentException("not rectangular");
        }
        if (level < shape.size() - 1) {
            values.forEach(part -> {
                if (!(part instanceof List<?> list)) {
                    throw new IllegalArgumentException("not rectangular");
                }
                checkRectangular(list, shape, level + 1);
            });
        }
    }

    private static void fill(Object array, List<?> values, Class<?> element) {
        for (int i = 0; i < values.size(); i++) {
            if (array.getClass().getComponentType().isArray()) {
                fill(Array.get(array, i), (List<?>) values.get(i), element);
            } else {
                Array.set(array, i, element(values.get(i), element));
            }
        }
    }

    private static Object element(Object value, Class<?> type) {
        if (value == null) {
            throw new IllegalArgumentException("no value");
        }
        if (type == String.class || type == boolean.class) {
            return type == String.class ? (String) value : (Boolean) value;
        }
        Number number = (Number) value;
        if (type == float.class) {
            return number.floatValue();
        }
        if (type == double.class) {
            return number.doubleValue();
        }
        if (type == long.class) {
            return number.longValue();
        }
        if (type == int.class) {
            return number.intValue();
        }
        return type == short.class ? (Object) number.shortValue() : (Object) number.byteValue();
    }

    /** An array as nested lists. */
    static List<Object> list(Object array) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            Object item = Array.get(array, i);
            list.add(item != null && item.getClass().isArray() ? list(item) : item);
        }
        return Collections.unmodifiableList(list);
    }
}
