package io.github.camelaiflow.validation.python;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions of GX's expressions over suite parameters, as Python's math and datetime have them. */
final class ParameterFunctions {

    private static final String KNOWN = "sin, cos, tan, exp, abs, trunc, round, sgn, now, datetime, timedelta";
    private static final double EPSILON = 1e-12;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MAX_DECIMALS = 1000;

    private static final List<String> DATE = List.of("year", "month", "day", "hour", "minute", "second", "microsecond");
    private static final Map<String, BigDecimal> SPAN = new LinkedHashMap<>();

    static {
        SPAN.put("days", BigDecimal.valueOf(86_400));
        SPAN.put("seconds", BigDecimal.ONE);
        SPAN.put("microseconds", new BigDecimal("0.000001"));
        SPAN.put("milliseconds", new BigDecimal("0.001"));
        SPAN.put("minutes", BigDecimal.valueOf(60));
        SPAN.put("hours", BigDecimal.valueOf(3_600));
        SPAN.put("weeks", BigDecimal.valueOf(604_800));
    }

    private final InstantSource time;
    private boolean dynamic;

    ParameterFunctions(InstantSource time) {
        this.time = time;
    }

    boolean dynamic() {
        return dynamic;
    }

    Object call(String name, Object[] arguments, Map<String, Object> named) throws InvalidExpression {
        return switch (name) {
            case "now" -> now(arguments, named);
            case "datetime" -> datetime(positional(name, DATE, arguments, named));
            case "timedelta" -> timedelta(positional(name, List.copyOf(SPAN.keySet()), arguments, named));
            case "round" -> round(arguments, named);
            case "sin", "cos", "tan", "exp", "abs", "trunc", "sgn" -> {
                if (arguments.length != 1 || !named.isEmpty()) {
                    throw new InvalidExpression(name + "() must get one value");
                }
                yield of(name, arguments[0]);
            }
            default -> throw new InvalidExpression("function " + name + " is not known; known are " + KNOWN);
        };
    }

    private Object now(Object[] arguments, Map<String, Object> named) throws InvalidExpression {
        if (arguments.length != 0 || !named.isEmpty()) {
            throw new InvalidExpression("now() must get no value");
        }
        dynamic = true;
        return LocalDateTime.ofInstant(time.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    private static Object of(String name, Object value) throws InvalidExpression {
        if (name.equals("abs") && value instanceof Duration span) {
            return span.abs();
        }
        Number number = Durations.number(value);
        double x = number.doubleValue();
        return switch (name) {
            case "sin" -> Math.sin(x);
            case "cos" -> Math.cos(x);
            case "tan" -> Math.tan(x);
            case "exp" -> Math.exp(x);
            case "abs" -> Values.compare(number, 0) < 0 ? Arithmetic.negate(number) : number;
            case "sgn" -> x < -EPSILON ? -1L : x > EPSILON ? 1L : 0L;
            default -> whole(Durations.decimal(number), RoundingMode.DOWN);
        };
    }

    private static Object round(Object[] arguments, Map<String, Object> named) throws InvalidExpression {
        boolean digits = arguments.length == 2;
        if (arguments.length < 1 || arguments.length > 2 || !named.isEmpty()) {
            throw new InvalidExpression("round() must get a number, and maybe how many decimals");
        }
        Number number = Durations.number(arguments[0]);
        if (!digits) {
            return whole(Durations.decimal(number), RoundingMode.HALF_EVEN);
        }
        int decimals = whole(arguments[1]);
        if (Math.abs(decimals) > MAX_DECIMALS) {
            return number;
        }
        // the double's exact value decides where its decimals look like a tie, as in Python
        BigDecimal exact = Values.integral(number) ? Durations.decimal(number) : new BigDecimal(number.doubleValue());
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        return Values.integral(number) ? whole(rounded, RoundingMode.HALF_EVEN) : (Object) rounded.doubleValue();
    }

    private static Object whole(BigDecimal number, RoundingMode mode) {
        BigDecimal whole = number.setScale(0, mode);
        return whole.toBigInteger().bitLength() < Long.SIZE ? (Object) whole.longValue() : whole.toBigInteger();
    }

    private static int whole(Object value) throws InvalidExpression {
        try {
            return Durations.decimal(Durations.number(value)).intValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidExpression("needs a whole number");
        }
    }

    private static Map<String, Object> positional(
            String function, List<String> names, Object[] arguments, Map<String, Object> named)
            throws InvalidExpression {
        if (arguments.length > names.size() || !names.containsAll(named.keySet())) {
            throw new InvalidExpression(function + "() must get at most " + String.join(", ", names));
        }
        Map<String, Object> all = new LinkedHashMap<>(named);
        for (int i = 0; i < arguments.length; i++) {
            if (all.put(names.get(i), arguments[i]) != null) {
                throw new InvalidExpression(function + "() must get " + names.get(i) + " once");
            }
        }
        return all;
    }

    private static Object datetime(Map<String, Object> parts) throws InvalidExpression {
        if (!parts.keySet().containsAll(DATE.subList(0, 3))) {
            throw new InvalidExpression("datetime() must get at least year, month and day");
        }
        int[] values = new int[DATE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole(parts.getOrDefault(DATE.get(i), 0));
        }
        if (values[0] < 1 || values[0] > 9999 || values[6] < 0 || values[6] > 999_999) {
            throw new InvalidExpression("datetime() must get a year from 1 to 9999 and a microsecond below 1000000");
        }
        return LocalDateTime.of(
                values[0], values[1], values[2], values[3], values[4], values[5], values[6] * NANOS_PER_MICRO);
    }

    private static Object timedelta(Map<String, Object> parts) throws InvalidExpression {
        BigDecimal seconds = BigDecimal.ZERO;
        for (Map.Entry<String, Object> part : parts.entrySet()) {
            seconds = seconds.add(
                    Durations.decimal(Durations.number(part.getValue())).multiply(SPAN.get(part.getKey())));
        }
        return Durations.of(seconds);
    }
}
