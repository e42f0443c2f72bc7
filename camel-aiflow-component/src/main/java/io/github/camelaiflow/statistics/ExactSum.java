package io.github.camelaiflow.statistics;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The exact sum of doubles, of their squares, or of both: no addition rounds, so that the order of the values and how they are split
 * and merged make no difference at all. A small superaccumulator after R. M. Neal, "Fast exact summation using small and large
 * superaccumulators", arXiv 1505.05571, 2015: one wide fixed-point number in chunks of 32 bits, each in a long, so that carries
 * wait for many additions; here wide enough for squares too.
 *
 * <p>Memory: about 1,100 bytes, always. Not thread-safe; reading may carry, so it counts as a change.
 */
public final class ExactSum {

    /** The exponent of the lowest bit: that of the square of the smallest double. */
    private static final int LOWEST = -2148;

    private static final int CHUNK = 32;
    private static final long MASK = 0xFFFF_FFFFL;
    /** Up to the square of the largest double, 2^63 times, and the sign. */
    private static final int CHUNKS = 135;

    /** One addition puts less than 2^33 into a chunk. */
    private static final int CARRY_AFTER = 1 << 29;

    private static final int EXPONENT_BIAS = 1075;
    private static final long MANTISSA = (1L << 52) - 1;
    private static final int LONGEST_TEXT = 1200;
    private static final Pattern TEXT = Pattern.compile("0|(-?[1-9a-f][0-9a-f]*)p(-?[0-9]{1,4})");

    private final long[] chunks = new long[CHUNKS];
    private int pending;

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException if it is infinite or NaN
     */
    public void add(double value) {
        long mantissa = mantissa(value);
        int at = exponent(value) - LOWEST;
        long sign = value < 0 ? -1 : 1;
        put(at, mantissa & MASK, sign);
        put(at + CHUNK, mantissa >>> CHUNK, sign);
        count();
    }

    /**
     * Adds a value's square.
     *
     * @throws IllegalArgumentException if the value is infinite or NaN
     */
    public void addSquare(double value) {
        long mantissa = mantissa(value);
        int at = 2 * exponent(value) - LOWEST;
        long low = mantissa * mantissa;
        long high = Math.multiplyHigh(mantissa, mantissa);
        put(at, low & MASK, 1);
        put(at + CHUNK, low >>> CHUNK, 1);
        put(at + 2 * CHUNK, high & MASK, 1);
        put(at + 3 * CHUNK, high >>> CHUNK, 1);
        count();
    }

    private static long mantissa(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("an exact sum takes finite numbers only");
        }
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & MANTISSA;
        return Math.getExponent(value) < Double.MIN_EXPONENT ? fraction : fraction | MANTISSA + 1;
    }

    /** Of the mantissa's lowest bit. */
    private static int exponent(double value) {
        int biased = (int) (Double.doubleToRawLongBits(value) >>> 52) & 0x7FF;
        return Math.max(1, biased) - EXPONENT_BIAS;
    }

    private void put(int bit, long word, long sign) {
        if (word != 0) {
            long shifted = word << (bit & CHUNK - 1);
            int chunk = bit / CHUNK;
            chunks[chunk] += sign * (shifted & MASK);
            chunks[chunk + 1] += sign * (shifted >>> CHUNK);
        }
    }

    private void count() {
        if (++pending == CARRY_AFTER) {
            carry();
        }
    }

    /** After it all chunks but the last are from 0 to 2^32 - 1: the one form a sum has. */
    private void carry() {
        for (int i = 0; i < CHUNKS - 1; i++) {
            chunks[i + 1] += chunks[i] >> CHUNK;
            chunks[i] &= MASK;
        }
        pending = 1;
    }

    /** Takes another one's values, as if they had come here. */
    public void merge(ExactSum other) {
        other.carry();
        carry();
        for (int i = 0; i < CHUNKS; i++) {
            chunks[i] += other.chunks[i];
        }
        carry();
    }

    /** A sum of its own with the same value. */
    public ExactSum copy() {
        ExactSum copy = new ExactSum();
        copy.merge(this);
        return copy;
    }

    /** The double nearest to the sum, of two equally near ones the even one; infinite where it is too large for a double. */
    public double value() {
        return nearest(scaled(), LOWEST);
    }

    /** The sum in units of 2^-2148. */
    BigInteger scaled() {
        carry();
        BigInteger sum = BigInteger.ZERO;
        byte[] magnitude = new byte[CHUNK / Byte.SIZE * (CHUNKS - 1)];
        for (int i = 0; i < CHUNKS - 1; i++) {
            for (int part = 0; part < 4; part++) {
                magnitude[magnitude.length - 1 - 4 * i - part] = (byte) (chunks[i] >>> Byte.SIZE * part);
            }
        }
        sum = sum.add(new BigInteger(1, magnitude));
        return sum.add(BigInteger.valueOf(chunks[CHUNKS - 1]).shiftLeft(CHUNK * (CHUNKS - 1)));
    }

    /** The double nearest to {@code number * 2^exponent}. */
    static double nearest(BigInteger number, int exponent) {
        BigInteger magnitude = number.abs();
        int top = magnitude.bitLength() - 1 + exponent;
        int last = Math.max(top - 52, Double.MIN_EXPONENT - 52);
        int dropped = last - exponent;
        BigInteger kept = dropped > 0 ? magnitude.shiftRight(dropped) : magnitude;
        if (dropped > 0 && magnitude.testBit(dropped - 1)) {
            boolean above = magnitude.getLowestSetBit() < dropped - 1;
            kept = above || kept.testBit(0) ? kept.add(BigInteger.ONE) : kept;
        }
        double nearest = Math.scalb(kept.doubleValue(), dropped > 0 ? last : exponent);
        return number.signum() < 0 ? -nearest : nearest;
    }

    /** The exact sum as text, the same for equal sums: a hexadecimal whole number, {@code p}, a power of two; or 0. */
    @Override
    public String toString() {
        BigInteger sum = scaled();
        if (sum.signum() == 0) {
            return "0";
        }
        int zeros = sum.getLowestSetBit();
        return sum.shiftRight(zeros).toString(16) + "p" + (zeros + LOWEST);
    }

    /**
     * The sum that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is no such sum
     */
    public static ExactSum parse(String text) {
        var matcher = TEXT.matcher(text.length() > LONGEST_TEXT ? "" : text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("an exact sum must be 0 or a hexadecimal number, p and a power of two");
        }
        ExactSum sum = new ExactSum();
        if (matcher.group(1) == null) {
            return sum;
        }
        BigInteger number = new BigInteger(matcher.group(1), 16);
        int shift = Integer.parseInt(matcher.group(2)) - LOWEST;
        // The last chunk's long holds the sign and room for carries.
        if (shift < 0 || number.bitLength() + (long) shift > (long) CHUNK * CHUNKS) {
            throw new IllegalArgumentException("an exact sum must be within the range of sums of doubles");
        }
        BigInteger scaled = number.shiftLeft(shift);
        for (int i = 0; i < CHUNKS - 1; i++) {
            sum.chunks[i] = scaled.shiftRight(CHUNK * i).longValue() & MASK;
        }
        sum.chunks[CHUNKS - 1] = scaled.shiftRight(CHUNK * (CHUNKS - 1)).longValue();
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ExactSum sum)) {
            return false;
        }
        carry();
        sum.carry();
        return Arrays.equals(chunks, sum.chunks);
    }

    @Override
    public int hashCode() {
        carry();
        return Arrays.hashCode(chunks);
    }
}
