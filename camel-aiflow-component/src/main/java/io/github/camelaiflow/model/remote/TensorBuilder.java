package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.model.features.FieldReader;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.Tensor;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The elements of one input tensor while they are written, in order. Not thread-safe. */
final class TensorBuilder {

    private static final int WIDEST = 64;

    private final Datatype datatype;
    private final Object data;
    private int size;

    /** Room for so many elements. */
    TensorBuilder(Datatype datatype, int capacity) {
        this.datatype = datatype;
        this.data = Array.newInstance(datatype.element(), capacity);
    }

    /** How many elements have been written. */
    int size() {
        return size;
    }

    /** Forgets the elements from that one on. */
    void truncate(int elements) {
        size = elements;
    }

    /** The elements as a tensor. */
    Tensor tensor(String name, List<Long> shape) {
        Object elements = data;
        if (size < Array.getLength(data)) {
            elements = Array.newInstance(datatype.element(), size);
            System.arraycopy(data, 0, elements, 0, size);
        }
        return Tensor.of(name, datatype, shape, elements);
    }

    /** Appends a number as it is, NaN too; the type must be floating. */
    void put(double number) {
        if (data instanceof double[] doubles) {
            doubles[size++] = number;
        } else {
            ((float[]) data)[size++] = (float) number;
        }
    }

    private void put(long bits) {
        if (data instanceof long[] longs) {
            longs[size++] = bits;
        } else if (data instanceof int[] ints) {
            ints[size++] = (int) bits;
        } else if (data instanceof short[] shorts) {
            shorts[size++] = (short) bits;
        } else {
            ((byte[]) data)[size++] = (byte) bits;
        }
    }

    /**
     * Appends a value, if it can be of the type without change but for rounding: numbers in range, and whole for an integer
     * type; Booleans for BOOL and, as 1 and 0, for floating point; text and bytes for BYTES.
     *
     * @param optional whether a missing value becomes NaN, where the type has one
     * @return a constant of {@link FieldReader}; unless OK nothing was appended
     */
    int putValue(Object value, boolean optional) {
        if (value == null || value instanceof Number n && Double.isNaN(n.doubleValue())) {
            if (!optional || !datatype.floating()) {
                return FieldReader.MISSING;
            }
            put(Double.NaN);
            return FieldReader.OK;
        }
        boolean taken;
        if (datatype.floating()) {
            taken = putFloating(value);
        } else if (datatype.whole()) {
            taken = value instanceof Number number && putWhole(number);
        } else if (datatype == Datatype.BOOL) {
            taken = value instanceof Boolean;
            if (taken) {
                ((boolean[]) data)[size++] = (Boolean) value;
            }
        } else {
            taken = putBytes(value);
        }
        return taken ? FieldReader.OK : FieldReader.WRONG;
    }

    private boolean putFloating(Object value) {
        double number;
        if (value instanceof Number n) {
            number = n.doubleValue();
        } else if (value instanceof Boolean flag) {
            number = flag ? 1 : 0;
        } else {
            return false;
        }
        if (Math.abs(number) > datatype.largest()) {
            return false;
        }
        put(number);
        return true;
    }

    private boolean putWhole(Number number) {
        BigInteger whole = whole(number);
        int bits = datatype.size() * Byte.SIZE;
        boolean inRange = whole != null
                && (datatype.unsigned()
                        ? whole.signum() >= 0 && whole.bitLength() <= bits
                        : whole.bitLength() <= bits - 1);
        if (inRange) {
            put(whole.longValue());
        }
        return inRange;
    }

    private static BigInteger whole(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return BigInteger.valueOf(number.longValue());
        }
        // a decimal's exponent could make an integer of any length
        if (!(Math.abs(number.doubleValue()) <= Math.scalb(1.0, WIDEST))) {
            return null;
        }
        try {
            return new BigDecimal(number.toString()).toBigIntegerExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private boolean putBytes(Object value) {
        if (value instanceof String text) {
            ((byte[][]) data)[size++] = text.getBytes(StandardCharsets.UTF_8);
            return true;
        }
        if (value instanceof byte[] bytes) {
            ((byte[][]) data)[size++] = bytes;
            return true;
        }
        return false;
    }

    /** What {@link #putValue} takes, for messages. */
    static String expected(Datatype datatype) {
        if (datatype.floating()) {
            return "a number in the range of " + datatype;
        }
        if (datatype.whole()) {
            return "a whole number in the range of " + datatype;
        }
        return datatype == Datatype.BOOL ? "true or false" : "text or bytes";
    }
}
