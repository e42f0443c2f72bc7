package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import java.lang.reflect.Array;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Copies ONNX Runtime's values to the heap; what lies within a value is closed here, the value itself by its owner. */
final class OnnxValues {

    private OnnxValues() {}

    /** The elements of a FLOAT or DOUBLE tensor, row by row. */
    static double[] doubles(OnnxValue value) {
        OnnxTensor tensor = (OnnxTensor) value;
        if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
            DoubleBuffer buffer = tensor.getDoubleBuffer();
            double[] elements = new double[buffer.remaining()];
            buffer.get(elements);
            return elements;
        }
        FloatBuffer buffer = tensor.getFloatBuffer();
        double[] elements = new double[buffer.remaining()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = buffer.get();
        }
        return elements;
    }

    /** The elements of an INT64 or INT32 tensor as Longs, or of a STRING tensor as Strings. */
    static Object[] labels(OnnxValue value) throws OrtException {
        List<Object> labels = new ArrayList<>();
        flatten(value.getValue(), labels);
        return labels.toArray();
    }

    private static void flatten(Object value, List<Object> into) {
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                flatten(Array.get(value, i), into);
            }
        } else {
            into.add(value instanceof Integer number ? Long.valueOf(number) : value);
        }
    }

    /** The maps of a sequence, sorted by key: ONNX Runtime's have no order. */
    static List<Map<Object, Double>> maps(OnnxValue value) throws OrtException {
        List<Map<Object, Double>> maps = new ArrayList<>();
        List<? extends OnnxValue> elements = ((OnnxSequence) value).getValue();
        try {
            for (OnnxValue map : elements) {
                Map<Object, Double> scores = new TreeMap<>();
                ((OnnxMap) map).getValue().forEach((key, score) -> scores.put(key, ((Number) score).doubleValue()));
                maps.add(scores);
            }
        } finally {
            OnnxValue.close(elements);
        }
        return maps;
    }

    /**
     * A tensor as a nested array (a scalar boxed), a sequence as a List, a map as a Map. Unsigned integers are the bits of their
     * signed neighbours, 16-bit floats are floats.
     */
    static Object copy(OnnxValue value) throws OrtException {
        if (!(value instanceof OnnxSequence sequence)) {
            return value.getValue();
        }
        if (sequence.getInfo().length == 0) {
            // the Java API doesn't know the type of an empty one, and throws
            return List.of();
        }
        List<Object> copies = new ArrayList<>();
        List<? extends OnnxValue> elements = sequence.getValue();
        try {
            for (OnnxValue element : elements) {
                copies.add(element.getValue());
            }
        } finally {
            OnnxValue.close(elements);
        }
        return copies;
    }

    /** Integer tensors of a sequence in the type they were before they were made readable. */
    static Object narrow(Object read, OnnxType type) {
        if (type.isHalf() || type.size() == Long.BYTES) {
            return read;
        }
        if (read instanceof List<?> list) {
            return list.stream().map(element -> narrow(element, type)).toList();
        }
        if (read instanceof Long number) {
            return narrow(number.longValue(), type);
        }
        int length = Array.getLength(read);
        Class<?> part = carrier(type);
        for (int depth = OnnxShapes.depth(read); depth > 1; depth--) {
            part = part.arrayType();
        }
        Object narrowed = Array.newInstance(part, length);
        for (int i = 0; i < length; i++) {
            Array.set(narrowed, i, narrow(Array.get(read, i), type));
        }
        return narrowed;
    }

    private static Object narrow(long number, OnnxType type) {
        if (type == OnnxType.BOOL) {
            return number != 0;
        }
        return switch (type.size()) {
            case Integer.BYTES -> (Object) (int) number;
            case Short.BYTES -> (short) number;
            default -> (byte) number;
        };
    }

    private static Class<?> carrier(OnnxType type) {
        if (type == OnnxType.BOOL) {
            return boolean.class;
        }
        return switch (type.size()) {
            case Integer.BYTES -> int.class;
            case Short.BYTES -> short.class;
            default -> byte.class;
        };
    }

    /** Each row's part of a value, {@code null} if it has not one part per row; a sole row may own the whole value. */
    static Object[] byRow(Object all, int rows) {
        if (all instanceof List<?> list && list.size() == rows) {
            return list.toArray();
        }
        boolean parted = all != null && all.getClass().isArray() && Array.getLength(all) == rows;
        if (!parted) {
            return rows == 1 ? new Object[] {all} : null;
        }
        Object[] parts = new Object[rows];
        for (int row = 0; row < rows; row++) {
            parts[row] = Array.get(all, row);
        }
        return parts;
    }

    /** Index of the largest score, the first of equals; empty if there is none or any is NaN. */
    static OptionalInt largest(double[] scores) {
        int largest = -1;
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                return OptionalInt.empty();
            }
            if (largest < 0 || scores[i] > scores[largest]) {
                largest = i;
            }
        }
        return largest < 0 ? OptionalInt.empty() : OptionalInt.of(largest);
    }
}
