package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.camelaiflow.model.features.FieldReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The elements of one input tensor while they are written, in order. Not thread-safe. */
final class OnnxBuffer {

    private static final BigInteger LARGEST_UNSIGNED =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final OnnxType type;
    private final ByteBuffer data;
    private final String[] texts;
    private int size;

    /** Room for so many elements. */
    OnnxBuffer(OnnxType type, int capacity) {
        this.type = type;
        this.texts = type == OnnxType.STRING ? new String[capacity] : new String[0];
        this.data = type == OnnxType.STRING
                ? null
                : ByteBuffer.allocateDirect(Math.multiplyExact(capacity, type.size()))
                        .order(ByteOrder.nativeOrder());
    }

    /** How many elements have been written. */
    int size() {
        return size;
    }

    /** Forgets the elements from that one on. */
    void truncate(int elements) {
        size = elements;
        if (data != null) {
            data.position(elements * type.size());
        }
    }

    /** Appends a number as it is; the type must be a number type or BOOL. */
    void put(double number) {
        switch (type) {
            case FLOAT -> data.putFloat((float) number);
            case DOUBLE -> data.putDouble(number);
            case FLOAT16 -> data.putShort(Fp16Conversions.floatToFp16((float) number));
            case BFLOAT16 -> data.putShort(Fp16Conversions.floatToBf16((float) number));
            default -> putBits((long) number);
        }
        size++;
    }

    /** Appends an element by its lowest bits; the type must not be STRING. */
    void put(long bits) {
        putBits(bits);
        size++;
    }

    /** Appends a text; the type must be STRING. */
    void put(String text) {
        texts[size++] = text;
    }

    /** Appends the elements of another buffer of the same type. */
    void put(OnnxBuffer other) {
        if (data == null) {
            System.arraycopy(other.texts, 0, texts, size, other.size);
        } else {
            data.put(other.data.duplicate().flip());
        }
        size += other.size;
    }

    private void putBits(long bits) {
        switch (type.size()) {
            case Long.BYTES -> data.putLong(bits);
            case Integer.BYTES -> data.putInt((int) bits);
            case Short.BYTES -> data.putShort((short) bits);
            default -> data.put((byte) bits);
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
            if (!optional || !type.isFloating()) {
                return FieldReader.MISSING;
            }
            put(Double.NaN);
            return FieldReader.OK;
        }
        if (value instanceof Number number) {
            return putNumber(number);
        }
        if (value instanceof Boolean flag && (type.isFloating() || type == OnnxType.BOOL)) {
            put(flag ? 1.0 : 0.0);
            return FieldReader.OK;
        }
        if (value instanceof String text && type == OnnxType.STRING) {
            put(text);
            return FieldReader.OK;
        }
        return FieldReader.WRONG;
    }

    private int putNumber(Number number) {
        if (type.isFloating()) {
            double value = number.doubleValue();
            if (Math.abs(value) > type.largest()) {
                return FieldReader.WRONG;
            }
            put(value);
            return FieldReader.OK;
        }
        BigInteger whole = type.isInteger() ? whole(number) : null;
        if (whole == null || !inRange(whole)) {
            return FieldReader.WRONG;
        }
        put(whole.longValue());
        return FieldReader.OK;
    }

    private boolean inRange(BigInteger whole) {
        if (type == OnnxType.UINT64) {
            return whole.signum() >= 0 && whole.compareTo(LARGEST_UNSIGNED) <= 0;
        }
        return whole.bitLength() < Long.SIZE && type.holds(whole.longValue());
    }

    private static BigInteger whole(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return BigInteger.valueOf(number.longValue());
        }
        if (Math.abs(number.doubleValue()) > OnnxType.UINT64.largest()) {
            return null;
        }
        try {
            return new BigDecimal(number.toString()).toBigIntegerExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** The elements as a tensor, which the caller closes. */
    OnnxTensor tensor(OrtEnvironment environment, long... shape) throws OrtException {
        if (type == OnnxType.STRING) {
            return OnnxTensor.createTensor(environment, Arrays.copyOf(texts, size), shape);
        }
        return OnnxTensor.createTensor(environment, data.flip(), shape, type.fedAs());
    }
}
