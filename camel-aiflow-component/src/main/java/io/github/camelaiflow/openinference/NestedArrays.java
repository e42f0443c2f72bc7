package io.github.camelaiflow.openinference;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flat arrays to nested ones and back. */
final class NestedArrays {

    private static final Map<Class<?>, Datatype> DATATYPES = Map.of(
            boolean.class, Datatype.BOOL,
            byte.class, Datatype.INT8,
            short.class, Datatype.INT16,
            int.class, Datatype.INT32,
            long.class, Datatype.INT64,
            float.class, Datatype.FP32,
            double.class, Datatype.FP64,
            String.class, Datatype.BYTES);

    private NestedArrays() {}

    static Object of(Tensor tensor) {
        Object flat = tensor.data();
        if (tensor.datatype() == Datatype.BYTES) {
            String[] texts = texts((byte[][]) flat);
            flat = texts == null ? flat : texts;
        }
        int rank = tensor.shape().size();
        return rank == 0 ? Array.get(flat, 0) : part(flat, tensor.shape(), 0, new int[1]);
    }

    private static Object part(Object flat, List<Long> shape, int level, int[] next) {
        int size = shape.get(level).intValue();
        if (level == shape.size() - 1) {
            if (size == Array.getLength(flat)) {
                next[0] += size;
                return flat;
            }
            Object row = Array.newInstance(flat.getClass().getComponentType(), size);
            System.arraycopy(flat, next[0], row, 0, size);
            next[0] += size;
            return row;
        }
        Class<?> component = flat.getClass();
        for (int below = level + 2; below < shape.size(); below++) {
            component = component.arrayType();
        }
        Object parts = Array.newInstance(component, size);
        for (int i = 0; i < size; i++) {
            Array.set(parts, i, part(flat, shape, level + 1, next));
        }
        return parts;
    }

    /** The bytes as texts; {@code null} if one is not UTF-8. */
    private static String[] texts(byte[][] elements) {
        String[] texts = new String[elements.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = JsonElements.text(elements[i]);
            if (texts[i] == null) {
                return null;
            }
        }
        return texts;
    }

    static Tensor tensor(String name, Object array) {
        List<Long> shape = new ArrayList<>();
        Class<?> type = array.getClass();
        Object level = array;
        for (; type.isArray(); type = type.getComponentType()) {
            long size = level == null ? 0 : Array.getLength(level);
            shape.add(size);
            level = size > 0 && type.getComponentType().isArray() ? Array.get(level, 0) : null;
        }
        Datatype datatype = DATATYPES.get(type);
        if (datatype == null || shape.isEmpty()) {
            throw new IllegalArgumentException(
                    "the tensor " + name + " must be an array of boolean, a primitive number or String");
        }
        int elements = count(name, array, shape, 0);
        Object flat = Array.newInstance(type, elements);
        copy(array, flat, new int[1]);
        return Tensor.of(name, datatype, shape, flat instanceof String[] texts ? bytes(name, texts) : flat);
    }

    /** Counts what is there rather than multiply what the first elements say, since the array may be ragged. */
    private static int count(String name, Object array, List<Long> shape, int level) {
        if (array == null || Array.getLength(array) != shape.get(level)) {
            throw new IllegalArgumentException("the tensor " + name + " must not be ragged");
        }
        if (level == shape.size() - 1) {
            return Array.getLength(array);
        }
        int count = 0;
        for (Object part : (Object[]) array) {
            count = Math.addExact(count, count(name, part, shape, level + 1));
        }
        return count;
    }

    private static void copy(Object array, Object flat, int[] next) {
        if (array.getClass() == flat.getClass()) {
            int size = Array.getLength(array);
            System.arraycopy(array, 0, flat, next[0], size);
            next[0] += size;
            return;
        }
        for (Object part : (Object[]) array) {
            copy(part, flat, next);
        }
    }

    private static byte[][] bytes(String name, String[] texts) {
        byte[][] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] == null) {
                throw new IllegalArgumentException("the tensor " + name + " must not hold null");
            }
            bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }
}
