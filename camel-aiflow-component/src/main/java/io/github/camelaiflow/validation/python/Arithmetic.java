package io.github.camelaiflow.validation.python;

import java.math.BigInteger;

/**
 * Python's arithmetic on numbers: whole numbers stay whole but in a division, {@code //} and {@code %} round down. A
 * whole number too large for a long goes on as a double, as does division by zero (to infinity or NaN, as in pandas).
 */
final class Arithmetic {

    private Arithmetic() {}

    static Number apply(Number a, String operator, Number b) {
        if (whole(a) && whole(b) && !operator.equals("/")) {
            Number exact = exact(a.longValue(), operator, b.longValue());
            if (exact != null) {
                return exact;
            }
        }
        double x = Values.toDouble(a);
        double y = Values.toDouble(b);
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            case "%" -> modulo(x, y);
            default -> Math.pow(x, y);
        };
    }

    private static boolean whole(Number number) {
        return Values.integral(number) && !(number instanceof BigInteger);
    }

    private static Number exact(long a, String operator, long b) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "//" -> b == 0 ? null : (Number) Math.floorDiv(a, b);
                case "%" -> b == 0 ? null : (Number) Math.floorMod(a, b);
                default -> power(a, b);
            };
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static Number power(long base, long exponent) {
        if (exponent < 0 || (exponent >= Long.SIZE && Math.abs(base) > 1)) {
            return null;
        }
        return BigInteger.valueOf(base)
                .pow((int) (exponent < Long.SIZE ? exponent : exponent % 2 + 2))
                .longValueExact();
    }

    private static double modulo(double x, double y) {
        double rest = x % y;
        return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
    }

    static Number negate(Number number) {
        return apply(0L, "-", number);
    }
}
