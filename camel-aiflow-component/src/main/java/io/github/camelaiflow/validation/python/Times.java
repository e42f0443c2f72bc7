package io.github.camelaiflow.validation.python;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;

/** Compares {@code java.time} values with bounds written as ISO text. A bound without an offset is UTC for an instant. */
public final class Times {

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
            throw new Unjudgeable("dates and times need a bound of their kind in ISO form");
        }
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

    private static Instant instant(Temporal value) {
        if (value instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return value instanceof ZonedDateTime zoned ? zoned.toInstant() : Instant.from(value);
    }
}
