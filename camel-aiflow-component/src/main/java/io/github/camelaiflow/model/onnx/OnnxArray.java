package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.features.RowErrors;
import java.lang.reflect.Array;
import java.util.BitSet;
import java.util.List;

/**
 * Reads a Java array as the elements of one input, checking type and shape. Taken are arrays of the input's own type,
 * and numbers that are at most rounded: double, long and int for FP32 and FP64, int for INT64. Not thread-safe.
 */
final class OnnxArray {

    private final OnnxInput input;
    private final BitSet nanAllowed;
    private final BitSet missing = new BitSet();
    private final BitSet infinite = new BitSet();
    private final long[] shape;
    private final OnnxBuffer buffer;

    private OnnxArray(OnnxInput input, BitSet nanAllowed, long[] shape, int elements) {
        this.input = input;
        this.nanAllowed = nanAllowed;
        this.shape = shape;
        this.buffer = new OnnxBuffer(input.type(), elements);
    }

    /**
     * Reads an array of the input's rank or, for one row, of one rank less (for a rank of one: a scalar).
     *
     * @param nanAllowed columns of the last dimension in which NaN stands for a missing value
     * @throws DataException if its type or shape is not the input's
     */
    static OnnxArray of(String model, OnnxInput input, Object given, BitSet nanAllowed) {
        Object array = depth(given) == input.rank() - 1 ? oneRow(given) : given;
        long[] shape = array != null && depth(array) == input.rank() && input.rank() > 0 ? shape(input, array) : null;
        if (shape != null) {
            long elements = 1;
            for (long size : shape) {
                elements *= size;
            }
            // a ragged array can claim more elements than it has, and more than there is memory for
            if (elements <= Integer.MAX_VALUE / Double.BYTES && elements == count(array)) {
                OnnxArray read = new OnnxArray(input, nanAllowed, shape, (int) elements);
                if (read.copy(array, 0, 0)) {
                    return read;
                }
            }
        }
        throw new DataException(
                Reason.WRONG_FEATURE,
                List.of(input.name()),
                "model " + model + " needs for its input " + input.name() + " an array of "
                        + OnnxBuffer.datatype(input.type()) + " of shape " + input.shape()
                        + " (-1: any), or without the first dimension for one row");
    }

    private static boolean isArray(Object value) {
        return value != null && value.getClass().isArray();
    }

    private static int depth(Object array) {
        int depth = 0;
        for (Class<?> type = array.getClass(); type.isArray(); type = type.getComponentType()) {
            depth++;
        }
        return depth;
    }

    private static Object oneRow(Object row) {
        if (row instanceof Double number) {
            return new double[] {number};
        } else if (row instanceof Float number) {
            return new float[] {number};
        } else if (row instanceof Long number) {
            return new long[] {number};
        } else if (row instanceof Integer number) {
            return new int[] {number};
        } else if (row instanceof Boolean flag) {
            return new boolean[] {flag};
        } else if (row instanceof String || row.getClass().isArray()) {
            Object rows = Array.newInstance(row.getClass(), 1);
            Array.set(rows, 0, row);
            return rows;
        }
        return null;
    }

    /** The shape along the first elements, and the input's where there are none; {@code null} if it isn't the input's. */
    private static long[] shape(OnnxInput input, Object array) {
        long[] shape = new long[input.rank()];
        Object level = array;
        for (int i = 0; i < shape.length; i++) {
            long wanted = input.shape().get(i);
            shape[i] = isArray(level) ? Array.getLength(level) : Math.max(0, wanted);
            if (wanted >= 0 && wanted != shape[i]) {
                return null;
            }
            level = shape[i] > 0 && i < shape.length - 1 ? Array.get(level, 0) : null;
        }
        return shape;
    }

    private static long count(Object array) {
        if (!(array instanceof Object[] nested) || array instanceof String[]) {
            return isArray(array) ? Array.getLength(array) : -1;
        }
        long count = 0;
        for (Object element : nested) {
            count += count(element);
        }
        return count;
    }

    private boolean copy(Object array, int level, int row) {
        if (!isArray(array) || Array.getLength(array) != shape[level]) {
            return false;
        }
        if (level == shape.length - 1) {
            return copyElements(array, row);
        }
        Object[] nested = (Object[]) array;
        for (int i = 0; i < nested.length; i++) {
            if (!copy(nested[i], level + 1, level == 0 && input.isBatch() ? i : row)) {
                return false;
            }
        }
        return true;
    }

    private boolean copyElements(Object array, int row) {
        boolean floating = OnnxBuffer.isFloating(input.type());
        if (array instanceof double[]
                || array instanceof float[]
                || array instanceof long[]
                || array instanceof int[]) {
            return floating ? copyNumbers(array, row) : copyWhole(array);
        }
        OnnxJavaType type = input.type();
        if (array instanceof short[] shorts && type == OnnxJavaType.INT16) {
            for (short value : shorts) {
                buffer.put((long) value);
            }
            return true;
        }
        if (array instanceof byte[] bytes && (type == OnnxJavaType.INT8 || type == OnnxJavaType.UINT8)) {
            for (byte value : bytes) {
                buffer.put((long) value);
            }
            return true;
        }
        if (array instanceof boolean[] flags && type == OnnxJavaType.BOOL) {
            for (boolean value : flags) {
                buffer.put(value ? 1L : 0L);
            }
            return true;
        }
        return array instanceof String[] texts && type == OnnxJavaType.STRING && copyTexts(texts, row);
    }

    private boolean copyNumbers(Object array, int row) {
        int length = Array.getLength(array);
        double largest = OnnxBuffer.largest(input.type());
        for (int i = 0; i < length; i++) {
            double value = Array.getDouble(array, i);
            int owner = rowOf(i, row);
            if (Double.isNaN(value) && !nanAllowed.get(i)) {
                missing.set(owner);
            } else if (Math.abs(value) > largest) {
                infinite.set(owner);
            }
            buffer.put(value);
        }
        return true;
    }

    private boolean copyWhole(Object array) {
        boolean ints = array instanceof int[];
        boolean longs = array instanceof long[];
        if (!(input.type() == OnnxJavaType.INT64 && (ints || longs) || input.type() == OnnxJavaType.INT32 && ints)) {
            return false;
        }
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            buffer.put(Array.getLong(array, i));
        }
        return true;
    }

    private boolean copyTexts(String[] texts, int row) {
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] == null) {
                missing.set(rowOf(i, row));
            }
            buffer.put(texts[i] == null ? "" : texts[i]);
        }
        return true;
    }

    private int rowOf(int element, int row) {
        return shape.length == 1 && input.isBatch() ? element : row;
    }

    /** The elements. */
    OnnxBuffer buffer() {
        return buffer;
    }

    /** The sizes of the dimensions. */
    long[] shape() {
        return shape.clone();
    }

    /** How many rows the array holds. */
    int rows() {
        return input.isBatch() ? (int) shape[0] : 1;
    }

    /** Adds what is wrong with the row, if anything is. */
    void report(int row, RowErrors errors) {
        if (missing.get(row)) {
            errors.missing(input.name());
        } else if (infinite.get(row)) {
            errors.wrong(input.name(), OnnxBuffer.expected(input.type()));
        }
    }
}
