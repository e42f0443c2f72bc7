package io.github.camelaiflow.validation.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;

/** Values of records as Python and pandas see them: what is missing, equal, less, and how it reads as text. */
public final class Values {

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final double LONG_LIMIT = 0x1p63;

    private Values() {}

    /** Whether pandas counts the value as null. */
    public static boolean missing(Object value) {
        return value == null
                || (value instanceof Double number && number.isNaN())
                || (value instanceof Float single && single.isNaN());
    }

    /** Whether the value is of an integral type, whatever its size. */
    public static boolean integral(Object value) {
        return fitsLong(value) || value instanceof BigInteger;
    }

    private static boolean fitsLong(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    /** Negative, zero or positive as a is less than, equal to or greater than b. Neither may be NaN. */
    public static int compare(Number a, Number b) {
        boolean aLong = fitsLong(a);
        boolean bLong = fitsLong(b);
        if (aLong && bLong) {
            return Long.compare(a.longValue(), b.longValue());
        }
        double x = toDouble(a);
        double y = toDouble(b);
        if (Double.isInfinite(x) || Double.isInfinite(y) || (inDouble(a, aLong) && inDouble(b, bLong))) {
            return x < y ? -1 : x > y ? 1 : infiniteBesideFinite(a, b, x, y);
        }
        return toDecimal(a).compareTo(toDecimal(b));
    }

    /** A big number too large for a double looks infinite beside a real infinity or another big number. */
    private static int infiniteBesideFinite(Number a, Number b, double x, double y) {
        if (x != y || !Double.isInfinite(x)) {
            return 0;
        }
        boolean aInfinite = a instanceof Double || a instanceof Float;
        boolean bInfinite = b instanceof Double || b instanceof Float;
        if (!aInfinite && !bInfinite) {
            return toDecimal(a).compareTo(toDecimal(b));
        }
        int sign = x > 0 ? 1 : -1;
        return aInfinite == bInfinite ? 0 : aInfinite ? sign : -sign;
    }

    private static boolean inDouble(Number number, boolean isLong) {
        if (isLong) {
            return Math.abs(number.longValue()) <= EXACT_IN_DOUBLE;
        }
        return !(number instanceof BigDecimal || number instanceof BigInteger);
    }

    /** As a double; a float by its decimal text, so that 1.1f is 1.1. */
    public static double toDouble(Number number) {
        return number instanceof Float single && !single.isInfinite()
                ? Double.parseDouble(single.toString())
                : number.doubleValue();
    }

    private static BigDecimal toDecimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (fitsLong(number)) {
            return BigDecimal.valueOf(number.longValue());
        }
        double value = toDouble(number);
        return Math.abs(value) < EXACT_IN_DOUBLE ? BigDecimal.valueOf(value) : new BigDecimal(value);
    }

    /** A stand-in with Java equality where Python has equality: 1, 1.0 and True are one value. Dates stand as ISO text. */
    public static Object canonical(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Temporal) {
            return value.toString();
        }
        return value instanceof Number number ? canonical(number) : value;
    }

    private static Object canonical(Number number) {
        if (fitsLong(number)) {
            return number.longValue();
        }
        double rounded = toDouble(number);
        boolean big = number instanceof BigDecimal || number instanceof BigInteger;
        boolean exact = Double.isFinite(rounded)
                && Math.abs(rounded) < EXACT_IN_DOUBLE
                && (!big || BigDecimal.valueOf(rounded).compareTo(toDecimal(number)) == 0);
        if (exact) {
            return rounded == Math.rint(rounded) ? (Object) (long) rounded : (Object) rounded;
        }
        return Double.isFinite(rounded) || big ? largeCanonical(toDecimal(number), rounded) : (Object) rounded;
    }

    private static Object largeCanonical(BigDecimal decimal, double rounded) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        boolean inLong = stripped.scale() <= 0
                && Math.abs(rounded) <= LONG_LIMIT
                && stripped.toBigInteger().bitLength() < Long.SIZE;
        return inLong ? (Object) stripped.longValue() : (Object) stripped;
    }

    /** Order of texts by Unicode code points, as Python has it; Java's own compares UTF-16 units. */
    public static int compareText(String a, String b) {
        int limit = Math.min(a.length(), b.length());
        for (int i = 0; i < limit; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y) ? x - y : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /**
     * The text GX matches a regex against: Python's {@code str(value)}.
     *
     * @throws Unjudgeable if the value has no such text: bytes, lists and maps
     */
    public static String text(Object value) throws Unjudgeable {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double || value instanceof Float) {
            return floatText(toDouble((Number) value));
        }
        if (value instanceof Number || value instanceof Temporal) {
            return value.toString();
        }
        throw new Unjudgeable("bytes, lists and maps have no text to judge");
    }

    private static String floatText(double value) {
        double size = Math.abs(value);
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = value == 0
                    ? Double.toString(value)
                    : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String text = Double.toString(value).replace(".0E", "E");
        int exponent = Integer.parseInt(text.substring(text.indexOf('E') + 1));
        return text.substring(0, text.indexOf('E'))
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
