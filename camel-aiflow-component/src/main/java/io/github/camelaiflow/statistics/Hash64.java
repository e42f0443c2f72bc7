package io.github.camelaiflow.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * A seeded 64-bit hash of plain values that is the same on every machine: the first half of MurmurHash3's 128 bits (A.
 * Appleby), as Apache DataSketches implements it. Values of different kinds hash differently: 1, true and "1" are three
 * values. Numbers hash by what they are worth, whatever class holds them: 1, 1L, 1.0 and 1.00 are one value, and so are
 * 0.0 and -0.0, and all NaN; the double 0.1 is not the decimal 0.1, as it is worth a little more.
 *
 * <p>Not for security: who knows the seed can make values collide. Immutable and thread-safe.
 */
public final class Hash64 {

    private static final long NULL = 0x6E756C6CL;
    private static final long TEXT = 0x74657874L;
    private static final long WHOLE = 0x696E74L;
    private static final long FRACTION = 0x646F75626CL;
    private static final long DECIMAL = 0x646563L;
    private static final long BOOLEAN = 0x626F6FL;
    private static final long BYTES = 0x62797465L;
    private static final long LIST = 0x6C697374L;

    private static final int MAX_DEPTH = 100;
    private static final double TWO_TO_63 = 0x1p63;

    private final long seed;

    /** @param seed counts that are to be merged must hash with the same one */
    public Hash64(long seed) {
        this.seed = seed;
    }

    /**
     * The hash of a value: null, text, a number of {@code java.lang} or {@code java.math}, Boolean, byte[], or a List of
     * these to a depth of 100.
     *
     * @throws IllegalArgumentException if the value is of another kind, or a list is nested deeper
     */
    public long of(Object value) {
        return of(value, 0);
    }

    /** The hash of a text, by its UTF-16 units. */
    public long of(String text) {
        return text.isEmpty() ? single(0, TEXT) : MurmurHash3.hash(text.toCharArray(), seed + TEXT)[0];
    }

    /** The hash of a whole number. */
    public long of(long number) {
        return single(number, WHOLE);
    }

    /** The hash of a number. */
    public long of(double number) {
        if (number == Math.rint(number) && number >= -TWO_TO_63 && number < TWO_TO_63) {
            return of((long) number);
        }
        return single(Double.doubleToLongBits(number), FRACTION);
    }

    /** The hash of a truth value. */
    public long of(boolean value) {
        return single(value ? 1 : 0, BOOLEAN);
    }

    /** The hash of bytes. */
    public long of(byte[] bytes) {
        return bytes.length == 0 ? single(0, BYTES) : MurmurHash3.hash(bytes, seed + BYTES)[0];
    }

    private long of(Object value, int depth) {
        if (value == null) {
            return single(0, NULL);
        } else if (value instanceof CharSequence text) {
            return of(text.toString());
        } else if (value instanceof Boolean truth) {
            return of(truth.booleanValue());
        } else if (value instanceof Number number) {
            return ofNumber(number);
        } else if (value instanceof byte[] bytes) {
            return of(bytes);
        } else if (value instanceof List<?> list) {
            return ofList(list, depth);
        }
        throw new IllegalArgumentException("only null, text, numbers, booleans, bytes and lists of these have a hash,"
                + " this is a " + value.getClass().getName());
    }

    private long ofNumber(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return of(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            return of(number.doubleValue());
        } else if (number instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE ? of(whole.longValue()) : ofDecimal(new BigDecimal(whole));
        } else if (number instanceof BigDecimal decimal) {
            return ofDecimal(decimal);
        }
        throw new IllegalArgumentException("only numbers of java.lang and java.math have a hash, this is a "
                + number.getClass().getName());
    }

    private long ofDecimal(BigDecimal decimal) {
        // The exponent may be enormous: nothing here may write the number out.
        BigDecimal shortest = decimal.stripTrailingZeros();
        if (shortest.scale() <= 0 && (long) shortest.precision() - shortest.scale() <= 19) {
            BigInteger whole = shortest.toBigInteger();
            if (whole.bitLength() < Long.SIZE) {
                return of(whole.longValue());
            }
        }
        if ((long) shortest.precision() - shortest.scale() <= 310 && shortest.scale() <= 1100) {
            double near = shortest.doubleValue();
            if (Double.isFinite(near) && new BigDecimal(near).compareTo(shortest) == 0) {
                return of(near);
            }
        }
        long digits = MurmurHash3.hash(shortest.unscaledValue().toByteArray(), seed + DECIMAL)[0];
        return single(digits + shortest.scale(), DECIMAL);
    }

    private long ofList(List<?> list, int depth) {
        if (depth == MAX_DEPTH) {
            throw new IllegalArgumentException("lists have a hash down to a depth of " + MAX_DEPTH);
        }
        if (list.isEmpty()) {
            return single(0, LIST);
        }
        return MurmurHash3.hash(
                list.stream().mapToLong(item -> of(item, depth + 1)).toArray(), seed + LIST)[0];
    }

    private long single(long value, long kind) {
        return MurmurHash3.hash(value, seed + kind)[0];
    }
}
