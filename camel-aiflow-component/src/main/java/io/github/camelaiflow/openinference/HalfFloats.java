package io.github.camelaiflow.openinference;

/** The two 16-bit floating-point types, rounded to the nearest, ties to even (IEEE 754-2019, 4.3.1). */
final class HalfFloats {

    static final float LARGEST_FP16 = 65504;
    static final float LARGEST_BF16 = Float.intBitsToFloat(0x7F7F0000);

    private static final int SIGN = 0x8000;
    private static final int FP16_INFINITY = 0x7C00;
    private static final int FP16_FRACTION = 0x3FF;
    /** 2^-24: what a unit in the last place of a subnormal binary16 is worth. */
    private static final float FP16_SMALLEST = 0x1p-24f;

    private static final float FP16_SMALLEST_NORMAL = 0x1p-14f;
    private static final int FRACTION_SHIFT = 13;
    private static final int EXPONENT_REBIAS = (127 - 15) << 23;

    private HalfFloats() {}

    static float fromFp16(short bits) {
        int sign = bits & SIGN;
        int exponent = bits & FP16_INFINITY;
        int fraction = bits & FP16_FRACTION;
        if (exponent == 0) {
            float value = fraction * FP16_SMALLEST;
            return sign == 0 ? value : -value;
        }
        int wide = exponent == FP16_INFINITY
                ? 0x7F800000 | fraction << FRACTION_SHIFT
                : ((exponent | fraction) << FRACTION_SHIFT) + EXPONENT_REBIAS;
        return Float.intBitsToFloat(sign << 16 | wide);
    }

    /** What is larger than the type holds becomes infinite. */
    static short toFp16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & SIGN;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | FP16_INFINITY | 0x200);
        }
        if (magnitude < FP16_SMALLEST_NORMAL) {
            // the product is exact, and rint rounds ties to even
            return (short) (sign | (int) Math.rint(magnitude / FP16_SMALLEST));
        }
        int wide = roundedShift((bits & 0x7FFFFFFF) - EXPONENT_REBIAS, FRACTION_SHIFT);
        return (short) (sign | (magnitude == Float.POSITIVE_INFINITY ? FP16_INFINITY : Math.min(wide, FP16_INFINITY)));
    }

    static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** What is larger than the type holds becomes infinite. */
    static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits >>> 16 & SIGN | roundedShift(bits & 0x7FFFFFFF, 16));
    }

    /** A carry out of the fraction goes into the exponent, as it should. */
    private static int roundedShift(int bits, int shift) {
        int odd = bits >>> shift & 1;
        return bits + (1 << shift - 1) - 1 + odd >>> shift;
    }
}
