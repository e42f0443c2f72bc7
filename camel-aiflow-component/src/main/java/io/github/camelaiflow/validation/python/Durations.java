package io.github.camelaiflow.validation.python;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;

/** Python's arithmetic on numbers, datetimes (LocalDateTime) and timedeltas (Duration). */
final class Durations {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
    private static final int MICROS = 6;

    private Durations() {}

    static Object negate(Object value) throws InvalidExpression {
        if (value instanceof Duration span) {
            return span.negated();
        }
        return Arithmetic.negate(number(value));
    }

    static Object apply(Object a, String operator, Object b) throws InvalidExpression {
        if (a instanceof Number x && b instanceof Number y) {
            if (operator.equals("/") && Values.toDouble(y) == 0) {
                throw new InvalidExpression("must not divide by zero");
            }
            return Arithmetic.apply(x, operator, y);
        }
        Object result =
                switch (operator) {
                    case "+" -> add(a, b);
                    case "-" -> subtract(a, b);
                    case "*" ->
                        a instanceof Duration span
                                ? times(span, b)
                                : b instanceof Duration other ? times(other, a) : null;
                    case "/" -> a instanceof Duration span ? divide(span, b) : null;
                    default -> null;
                };
        if (result == null) {
            throw new InvalidExpression("cannot apply " + operator + " to values of these kinds");
        }
        if (result instanceof LocalDateTime date && (date.getYear() < 1 || date.getYear() > 9999)) {
            throw new InvalidExpression("must result in a date from year 1 to 9999");
        }
        return result;
    }

    private static Object add(Object a, Object b) {
        if (a instanceof Duration span && b instanceof Duration other) {
            return span.plus(other);
        }
        if (a instanceof LocalDateTime date && b instanceof Duration span) {
            return date.plus(span);
        }
        return a instanceof Duration span && b instanceof LocalDateTime date ? date.plus(span) : null;
    }

    private static Object subtract(Object a, Object b) {
        if (a instanceof Duration span && b instanceof Duration other) {
            return span.minus(other);
        }
        if (a instanceof LocalDateTime date && b instanceof Duration span) {
            return date.minus(span);
        }
        return a instanceof LocalDateTime date && b instanceof LocalDateTime other
                ? Duration.between(other, date)
                : null;
    }

    private static Object times(Duration span, Object factor) {
        return factor instanceof Number number ? of(seconds(span).multiply(decimal(number))) : null;
    }

    private static Object divide(Duration span, Object by) throws InvalidExpression {
        BigDecimal divisor = by instanceof Duration other ? seconds(other) : decimal(number(by));
        if (divisor.signum() == 0) {
            throw new InvalidExpression("must not divide by zero");
        }
        BigDecimal quotient = seconds(span).divide(divisor, java.math.MathContext.DECIMAL64);
        return by instanceof Duration ? (Object) quotient.doubleValue() : of(quotient);
    }

    /** A timedelta of that many seconds, to the microsecond. */
    static Duration of(BigDecimal seconds) {
        return Duration.ofSeconds(0, 0).plus(exact(seconds.setScale(MICROS, RoundingMode.HALF_EVEN)));
    }

    private static Duration exact(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).multiply(NANOS).longValue();
        return Duration.ofSeconds(whole.longValueExact(), nanos);
    }

    static BigDecimal seconds(Duration span) {
        return BigDecimal.valueOf(span.getSeconds()).add(BigDecimal.valueOf(span.getNano(), 9));
    }

    static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    static Number number(Object value) throws InvalidExpression {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number;
        }
        throw new InvalidExpression("needs a number where a date or time span stands");
    }
}
