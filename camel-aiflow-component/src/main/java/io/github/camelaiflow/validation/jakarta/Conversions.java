package io.github.camelaiflow.validation.jakarta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Conversions that lose nothing, for values of a type no validator takes: between types of numbers, to text from what is
 * one, and from ISO text to dates, times and durations.
 */
final class Conversions {

    private record IsoText(Class<?> type, Pattern shape, Function<String, Object> parse) {}

    private static final int MAX_ISO_LENGTH = 64;
    private static final int MAX_EXPONENT = 1000;
    private static final String DATE = "[+-]?\\d{4,9}-\\d\\d-\\d\\d";
    private static final String TIME = "\\d\\d:\\d\\d(:\\d\\d([.]\\d{1,9})?)?";
    private static final String OFFSET = "(Z|[+-]\\d\\d(:\\d\\d){0,2})";

    /** A pattern for each keeps most texts from the cost of an exception. */
    private static final List<IsoText> ISO = List.of(
            iso(LocalDate.class, DATE, LocalDate::parse),
            iso(Instant.class, DATE + "T" + TIME + "Z", Instant::parse),
            iso(OffsetDateTime.class, DATE + "T" + TIME + OFFSET, OffsetDateTime::parse),
            iso(ZonedDateTime.class, DATE + "T" + TIME + OFFSET + "(\\[[^\\]]+\\])?", ZonedDateTime::parse),
            iso(LocalDateTime.class, DATE + "[T ]" + TIME, text -> LocalDateTime.parse(text.replace(' ', 'T'))),
            iso(OffsetTime.class, TIME + OFFSET, OffsetTime::parse),
            iso(LocalTime.class, TIME, LocalTime::parse),
            iso(YearMonth.class, "[+-]?\\d{4,9}-\\d\\d", YearMonth::parse),
            iso(Year.class, "[+-]?\\d{4,9}", Year::parse),
            iso(MonthDay.class, "--\\d\\d-\\d\\d", MonthDay::parse),
            iso(Duration.class, "[+-]?[Pp][\\dDdTtHhMmSs.,+-]+", Duration::parse));

    private static final Map<Class<?>, Function<BigDecimal, Number>> NUMBERS = new LinkedHashMap<>();

    static {
        NUMBERS.put(BigDecimal.class, number -> number);
        NUMBERS.put(Long.class, BigDecimal::longValueExact);
        NUMBERS.put(Integer.class, BigDecimal::intValueExact);
        NUMBERS.put(BigInteger.class, BigDecimal::toBigIntegerExact);
        NUMBERS.put(Double.class, Conversions::toDouble);
        NUMBERS.put(Short.class, BigDecimal::shortValueExact);
        NUMBERS.put(Byte.class, BigDecimal::byteValueExact);
        NUMBERS.put(Float.class, Conversions::toFloat);
    }

    private Conversions() {}

    private static IsoText iso(Class<?> type, String shape, Function<String, Object> parse) {
        return new IsoText(type, Pattern.compile(shape), parse);
    }

    /** The value as something that is one of these kinds; {@code null} if it cannot be without a loss. */
    static Object convert(Object value, List<Class<?>> kinds) {
        if (value instanceof Number number) {
            return number(number, kinds);
        }
        String text = text(value);
        return text == null ? null : takes(kinds, String.class) ? text : time(text, kinds);
    }

    private static boolean takes(List<Class<?>> kinds, Class<?> type) {
        for (Class<?> kind : kinds) {
            if (kind.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        boolean textual = value instanceof CharSequence
                || value instanceof Character
                || value instanceof UUID
                || value instanceof URI;
        return textual ? value.toString() : null;
    }

    private static Object number(Number number, List<Class<?>> kinds) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            return infinity(number, kinds);
        }
        boolean huge = Math.abs((long) exact.scale()) > MAX_EXPONENT;
        for (Map.Entry<Class<?>, Function<BigDecimal, Number>> target : NUMBERS.entrySet()) {
            if (takes(kinds, target.getKey()) && !(huge && target.getKey() == BigInteger.class)) {
                try {
                    Number converted = target.getValue().apply(exact);
                    if (converted != null) {
                        return converted;
                    }
                } catch (ArithmeticException e) {
                    // Does not fit this type; another may take it
                }
            }
        }
        return null;
    }

    private static Object infinity(Number number, List<Class<?>> kinds) {
        if (number instanceof Float single && takes(kinds, Double.class)) {
            return single.doubleValue();
        }
        return number instanceof Double && takes(kinds, Float.class) ? (Object) number.floatValue() : null;
    }

    private static Number toDouble(BigDecimal number) {
        double value = number.doubleValue();
        return Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(number) == 0 ? value : null;
    }

    private static Number toFloat(BigDecimal number) {
        float value = number.floatValue();
        return Float.isFinite(value) && new BigDecimal(Float.toString(value)).compareTo(number) == 0 ? value : null;
    }

    private static Object time(String text, List<Class<?>> kinds) {
        if (text.length() > MAX_ISO_LENGTH) {
            return null;
        }
        for (IsoText iso : ISO) {
            if (takes(kinds, iso.type()) && iso.shape().matcher(text).matches()) {
                try {
                    return iso.parse().apply(text);
                } catch (DateTimeException | ArithmeticException e) {
                    // No such day or hour
                }
            }
        }
        return null;
    }
}
