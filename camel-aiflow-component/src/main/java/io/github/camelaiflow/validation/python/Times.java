package io.github.camelaiflow.validation.python;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.Locale;

/**
 * Compares {@code java.time} values with each other and with bounds written as text: ISO, or any other date that
 * {@link DateParser} reads. A date or time without an offset is UTC beside one that has an offset.
 */
public final class Times {

    private static final DateTimeFormatter ISO_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final int NANOS_PER_MICRO = 1000;
    private static final int DATE_LENGTH = "2026-01-01".length();

    private Times() {}

    /** @throws Unjudgeable if the bound is no ISO date or time that fits the value */
    public static int compare(Temporal value, String bound) throws Unjudgeable {
        try {
            if (value instanceof LocalTime time) {
                return time.compareTo(LocalTime.parse(bound));
            }
            if (value instanceof LocalDate date) {
                return date.atStartOfDay().compareTo(local(bound));
            }
            if (value instanceof LocalDateTime dateTime) {
                return dateTime.compareTo(local(bound));
            }
            return instant(value).compareTo(instant(bound));
        } catch (DateTimeException e) {
            Temporal date = value instanceof LocalTime ? null : DateParser.parse(bound);
            if (date == null) {
                throw new Unjudgeable("dates and times need a bound of their kind in ISO form");
            }
            return compare(value, date);
        }
    }

    /** @throws Unjudgeable if one is a time of day and the other is not */
    public static int compare(Temporal a, Temporal b) throws Unjudgeable {
        if (a instanceof LocalTime time && b instanceof LocalTime other) {
            return time.compareTo(other);
        }
        try {
            return instant(a).compareTo(instant(b));
        } catch (DateTimeException e) {
            throw new Unjudgeable("dates and times need a bound of their kind");
        }
    }

    /** The date or time as Python's {@code isoformat} writes it. */
    public static String isoText(Temporal value) {
        if (!(value instanceof LocalDateTime dateTime)) {
            return value.toString();
        }
        String seconds = ISO_SECONDS.format(dateTime);
        int micros = dateTime.getNano() / NANOS_PER_MICRO;
        return micros == 0 ? seconds : seconds + String.format(Locale.ROOT, ".%06d", micros);
    }

    private static LocalDateTime local(String bound) {
        return bound.length() == DATE_LENGTH
                ? LocalDate.parse(bound).atStartOfDay()
                : LocalDateTime.parse(bound.replace(' ', 'T'));
    }

    private static Instant instant(String bound) {
        try {
            return local(bound).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return OffsetDateTime.parse(bound.replaceFirst(" ", "T")).toInstant();
        }
    }

    /**
     * The point in time; what has no offset is UTC, and a date is its midnight.
     *
     * @throws DateTimeException if it is none, such as a time of day
     */
    public static Instant instant(Temporal value) {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return value instanceof ZonedDateTime zoned ? zoned.toInstant() : Instant.from(value);
    }
}
