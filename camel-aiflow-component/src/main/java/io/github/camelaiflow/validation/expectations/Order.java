package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;

/** Which of two values of records is greater, where Python says so. */
final class Order {

    private static final String DIFFERENT =
            "these two have no order ('>' not supported between instances of their types, as GX has it)";

    private Order() {}

    /**
     * Negative, zero or positive as a is less than, equal to or greater than b: numbers and truth values, texts by code
     * point, dates and times of one kind. Neither may be missing.
     *
     * @throws Unjudgeable if they are not of one kind
     */
    static int compare(Object a, Object b) throws Unjudgeable {
        Number x = number(a);
        Number y = number(b);
        if (x != null && y != null) {
            return Values.compare(x, y);
        }
        if (a instanceof String text && b instanceof String other) {
            return Values.compareText(text, other);
        }
        if (a instanceof Temporal time && b instanceof Temporal other) {
            return compareTimes(time, other);
        }
        throw new Unjudgeable(DIFFERENT);
    }

    /** The value as a number, true as 1 and false as 0; {@code null} if it is none. */
    static Number number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof Number number ? number : null;
    }

    private static int compareTimes(Temporal a, Temporal b) throws Unjudgeable {
        if (a instanceof LocalTime time && b instanceof LocalTime other) {
            return time.compareTo(other);
        }
        LocalDateTime local = local(a);
        LocalDateTime otherLocal = local(b);
        if (local != null && otherLocal != null) {
            return local.compareTo(otherLocal);
        }
        Instant instant = instant(a);
        Instant otherInstant = instant(b);
        if (instant != null && otherInstant != null) {
            return instant.compareTo(otherInstant);
        }
        throw new Unjudgeable(DIFFERENT);
    }

    private static LocalDateTime local(Temporal time) {
        return time instanceof LocalDate date
                ? date.atStartOfDay()
                : time instanceof LocalDateTime dateTime ? dateTime : null;
    }

    private static Instant instant(Temporal time) {
        if (time instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return time instanceof ZonedDateTime zoned
                ? zoned.toInstant()
                : time instanceof Instant instant ? instant : null;
    }
}
