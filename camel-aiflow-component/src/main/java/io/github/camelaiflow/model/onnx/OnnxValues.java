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
        for (OnnxValue element : ((OnnxSequence) value).getValue()) {
            try (OnnxValue map = element) {
                Map<Object, Double> scores = new TreeMap<>();
                ((OnnxMap) map).getValue().forEach((key, score) -> scores.put(key, ((Number) score).doubleValue()));
                maps.add(scores);
            }
        }
        return maps;
    }

    /** Each row's part of a value, {@code null} if it has not one part per row; a sole row may own the whole value. */
    static Object[] byRow(OnnxValue value, int rows) throws OrtException {
        if (value instanceof OnnxSequence sequence) {
            return sequence(sequence, rows);
        }
        Object all = value.getValue();
        boolean parted = all.getClass().isArray() && Array.getLength(all) == rows;
        if (!parted) {
            return rows == 1 ? new Object[] {all} : null;
        }
        Object[] parts = new Object[rows];
        for (int row = 0; row < rows; row++) {
            parts[row] = Array.get(all, row);
        }
        return parts;
    }

    private static Object[] sequence(OnnxSequence sequence, int rows) throws OrtException {
        List<Object> parts = new ArrayList<>();
        for (OnnxValue element : sequence.getValue()) {
            try (OnnxValue part = element) {
                parts.add(part.getValue());
            }
        }
        if (parts.size() == rows) {
            return parts.toArray();
        }
        return rows == 1 ? new Object[] {parts} : null;
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
