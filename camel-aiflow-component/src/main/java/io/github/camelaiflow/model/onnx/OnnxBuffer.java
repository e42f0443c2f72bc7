package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.model.features.FieldReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** The elements of one input tensor while they are written, in order. Not thread-safe. */
final class OnnxBuffer {

    private static final Map<OnnxJavaType, String> DATATYPES = Map.of(
            OnnxJavaType.FLOAT, "FP32",
            OnnxJavaType.DOUBLE, "FP64",
            OnnxJavaType.INT64, "INT64",
            OnnxJavaType.INT32, "INT32",
            OnnxJavaType.INT16, "INT16",
            OnnxJavaType.INT8, "INT8",
            OnnxJavaType.UINT8, "UINT8",
            OnnxJavaType.BOOL, "BOOL",
            OnnxJavaType.STRING, "BYTES");

    private final OnnxJavaType type;
    private final ByteBuffer data;
    private final String[] texts;
    private int size;

    /** Room for so many elements of a type that has a {@link #datatype}. */
    OnnxBuffer(OnnxJavaType type, int capacity) {
        this.type = type;
        this.texts = type == OnnxJavaType.STRING ? new String[capacity] : new String[0];
        this.data = type == OnnxJavaType.STRING
                ? null
                : ByteBuffer.allocateDirect(Math.multiplyExact(capacity, type.size))
                        .order(ByteOrder.nativeOrder());
    }

    /** The Open Inference Protocol's name of the type; {@code null} if values of it can't be given. */
    static String datatype(OnnxJavaType type) {
        return DATATYPES.get(type);
    }

    /** Whether the type is written in floating point, so that it has NaN. */
    static boolean isFloating(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.DOUBLE;
    }

    /** The largest magnitude of a number that becomes a feature. */
    static double largest(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    }

    /** How many elements have been written. */
    int size() {
        return size;
    }

    /** Forgets the elements from that one on. */
    void truncate(int elements) {
        size = elements;
        if (data != null) {
            data.position(elements * type.size);
        }
    }

    /** Appends a number as it is; the type must be a number type or BOOL. */
    void put(double number) {
        if (type == OnnxJavaType.FLOAT) {
            data.putFloat((float) number);
        } else if (type == OnnxJavaType.DOUBLE) {
            data.putDouble(number);
        } else {
            putWhole((long) number);
        }
        size++;
    }

    /** Appends a whole number without going through floating point; the type must be an integer type or BOOL. */
    void put(long number) {
        putWhole(number);
        size++;
    }

    /** Appends a text; the type must be STRING. */
    void put(String text) {
        texts[size++] = text;
    }

    private void putWhole(long number) {
        switch (type) {
            case INT64 -> data.putLong(number);
            case INT32 -> data.putInt((int) number);
            case INT16 -> data.putShort((short) number);
            default -> data.put((byte) number);
        }
    }

    /**
     * Appends a field's value, if it can be of the type without change: numbers in range, and whole for an integer
     * type; Booleans for BOOL and, as 1 and 0, for floating point; text for STRING.
     *
     * @param optional whether a missing value becomes NaN, where the type has one
     * @return a constant of {@link FieldReader}; unless OK nothing was appended
     */
    int putValue(Object value, boolean optional) {
        if (value == null || value instanceof Number n && Double.isNaN(n.doubleValue())) {
            if (!optional || !isFloating(type)) {
                return FieldReader.MISSING;
            }
            put(Double.NaN);
            return FieldReader.OK;
        }
        if (value instanceof Number number) {
            return putNumber(number);
        }
        if (value instanceof Boolean flag && (isFloating(type) || type == OnnxJavaType.BOOL)) {
            put(flag ? 1.0 : 0.0);
            return FieldReader.OK;
        }
        if (value instanceof String text && type == OnnxJavaType.STRING) {
            put(text);
            return FieldReader.OK;
        }
        return FieldReader.WRONG;
    }

    private int putNumber(Number number) {
        if (isFloating(type)) {
            double value = number.doubleValue();
            if (Math.abs(value) > largest(type)) {
                return FieldReader.WRONG;
            }
            put(value);
            return FieldReader.OK;
        }
        Long whole = type == OnnxJavaType.BOOL || type == OnnxJavaType.STRING ? null : whole(number);
        if (whole == null || whole < smallestWhole() || whole > largestWhole()) {
            return FieldReader.WRONG;
        }
        put(whole.longValue());
        return FieldReader.OK;
    }

    private static Long whole(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (Math.abs(number.doubleValue()) > Long.MAX_VALUE) {
            return null;
        }
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private long largestWhole() {
        return switch (type) {
            case INT64 -> Long.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case UINT8 -> 255;
            default -> Byte.MAX_VALUE;
        };
    }

    private long smallestWhole() {
        return type == OnnxJavaType.UINT8 ? 0 : -largestWhole() - 1;
    }

    /** What {@link #putValue} takes, for messages. */
    static String expected(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> "a number a 32-bit float holds";
            case DOUBLE -> "a finite number";
            case BOOL -> "true or false";
            case STRING -> "text";
            default -> "a whole number in the range of " + datatype(type);
        };
    }

    /** The elements as a tensor, which the caller closes. */
    OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException {
        if (type == OnnxJavaType.STRING) {
            return OnnxTensor.createTensor(environment, Arrays.copyOf(texts, size), shape);
        }
        return OnnxTensor.createTensor(environment, data.flip(), shape, type);
    }
}
