package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.features.RowErrors;
import java.lang.reflect.Array;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Reads a Java array as the elements of one input, checking type and shape. Not thread-safe. Taken are
 *
 * <ul>
 *   <li>for floating point: double, float, long and int, which are rounded; short as the bits of FP16 and BF16
 *   <li>for integers: arrays of the same width as their bits, so that what an unsigned output held can be given back; of
 *       another width by value, which must be in range
 *   <li>booleans for BOOL, Strings for BYTES
 * </ul>
 */
final class OnnxArray implements OnnxFeed {

    private final OnnxInput input;
    private final BitSet nanAllowed;
    private final BitSet missing = new BitSet();
    private final BitSet wrong = new BitSet();
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
     * @param nanAllowed columns of the last dimension in which NaN stands for a missing value, and infinity is
     *     taken; {@code null} for all
     * @throws DataException if its type or shape is not the input's
     */
    static OnnxArray of(String model, OnnxInput input, Object given, BitSet nanAllowed) {
        Object array = shaped(input, given);
        long[] shape = array == null ? null : OnnxShapes.of(input.shape(), array);
        if (shape != null) {
            long elements = 1;
            for (long size : shape) {
                elements *= size;
            }
            Object counted = shape.length == 0 ? oneRow(array) : array;
            // a ragged array can claim more elements than it has, and more than there is memory for
            if (elements <= Integer.MAX_VALUE / Double.BYTES && elements == OnnxShapes.count(counted)) {
                OnnxArray read = new OnnxArray(input, nanAllowed, shape, (int) elements);
                if (shape.length == 0 ? read.copyElements(counted, 0) : read.copy(array, 0, 0)) {
                    return read;
                }
            }
        }
        throw wrong(model, input);
    }

    /** What to throw when a value is nothing the input takes. */
    static DataException wrong(String model, OnnxInput input) {
        return new DataException(
                Reason.WRONG_FEATURE,
                List.of(input.name()),
                "model " + model + " needs for its input " + input.name() + " " + input.expected());
    }

    /** The array in the input's rank; a scalar input's as it is; {@code null} if it has another rank. */
    private static Object shaped(OnnxInput input, Object given) {
        int depth = OnnxShapes.depth(given);
        if (input.rank() == 0 && depth == 1 && Array.getLength(given) == 1) {
            return Array.get(given, 0);
        }
        if (input.rank() < 0 || depth == input.rank()) {
            return given;
        }
        return depth == input.rank() - 1 ? oneRow(given) : null;
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
        } else if (row instanceof Short number) {
            return new short[] {number};
        } else if (row instanceof Byte number) {
            return new byte[] {number};
        } else if (row instanceof Boolean flag) {
            return new boolean[] {flag};
        } else if (row instanceof String || row != null && row.getClass().isArray()) {
            Object rows = Array.newInstance(row.getClass(), 1);
            Array.set(rows, 0, row);
            return rows;
        }
        return null;
    }

    private boolean copy(Object array, int level, int row) {
        if (array == null || !array.getClass().isArray() || Array.getLength(array) != shape[level]) {
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
        OnnxType type = input.type();
        int width = width(array);
        if (type.isFloating() && width >= Integer.BYTES) {
            return copyNumbers(array, row);
        }
        if (type.isHalf() && array instanceof short[] bits) {
            return copyHalves(bits, row);
        }
        if (type.isInteger() && width > 0 && !(array instanceof float[]) && !(array instanceof double[])) {
            return copyWhole(array, width, row);
        }
        if (array instanceof boolean[] flags && type == OnnxType.BOOL) {
            for (boolean value : flags) {
                buffer.put(value ? 1L : 0L);
            }
            return true;
        }
        return array instanceof String[] texts && type == OnnxType.STRING && copyTexts(texts, row);
    }

    /** Bytes of one number; 0 for what isn't an array of numbers. */
    private static int width(Object array) {
        if (array instanceof double[] || array instanceof long[]) {
            return Double.BYTES;
        }
        if (array instanceof float[] || array instanceof int[]) {
            return Float.BYTES;
        }
        return array instanceof short[] ? Short.BYTES : array instanceof byte[] ? 1 : 0;
    }

    private boolean copyNumbers(Object array, int row) {
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            double value = Array.getDouble(array, i);
            check(value, i, row);
            buffer.put(value);
        }
        return true;
    }

    private boolean copyHalves(short[] halves, int row) {
        boolean ieee = input.type() == OnnxType.FLOAT16;
        for (int i = 0; i < halves.length; i++) {
            check(ieee ? Fp16Conversions.fp16ToFloat(halves[i]) : Fp16Conversions.bf16ToFloat(halves[i]), i, row);
            buffer.put((long) halves[i]);
        }
        return true;
    }

    private void check(double value, int element, int row) {
        boolean any = nanAllowed == null || nanAllowed.get(element);
        if (Double.isNaN(value) && !any) {
            missing.set(rowOf(element, row));
        } else if (Math.abs(value) > input.type().largest() && !(any && Double.isInfinite(value))) {
            wrong.set(rowOf(element, row));
        }
    }

    private boolean copyWhole(Object array, int width, int row) {
        boolean bits = width == input.type().size();
        if (!bits && width < input.type().size() && input.type().isUnsigned()) {
            return false;
        }
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            long value = Array.getLong(array, i);
            if (!bits && !input.type().holds(value)) {
                wrong.set(rowOf(i, row));
            }
            buffer.put(value);
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

    @Override
    public int rows() {
        return input.isBatch() ? (int) shape[0] : 1;
    }

    @Override
    public void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException {
        into.put(input.fedName(), buffer.tensor(environment, shape));
    }

    @Override
    public void report(int row, RowErrors errors) {
        if (row < 0 ? !missing.isEmpty() : missing.get(row)) {
            errors.missing(input.name());
        } else if (row < 0 ? !wrong.isEmpty() : wrong.get(row)) {
            errors.wrong(input.name(), input.type().expected());
        }
    }
}
