package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Times;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Comparator;

/** Which of two values is the greater one, as Python has it. */
final class Ordering {

    /** Numbers, then texts, then all others; in each kind the lesser first, or as their texts order. */
    static final Comparator<Object> SORTED = Ordering::sorted;

    private static final String MIXED =
            "values and bounds must be of one kind to be compared: numbers, texts, or dates; make the column one kind";

    private Ordering() {}

    /**
     * Negative, zero or positive as a is less than, equal to or greater than b.
     *
     * @param b what to compare with; for a date or time also its ISO text
     * @throws Unjudgeable if the two are of kinds that have no order
     */
    static int compare(Object a, Object b) throws Unjudgeable {
        Object x = a instanceof Boolean flag ? flag ? 1 : 0 : a;
        Object y = b instanceof Boolean flag ? flag ? 1 : 0 : b;
        if (x instanceof Number number && y instanceof Number other) {
            return Values.compare(number, other);
        }
        if (x instanceof String text && y instanceof String other) {
            return Values.compareText(text, other);
        }
        if (x instanceof Temporal time) {
            return y instanceof String bound
                    ? Times.compare(time, bound)
                    : compareTimes(onTimeline(time), onTimeline(y));
        }
        throw new Unjudgeable(MIXED);
    }

    private static Object onTimeline(Object time) {
        if (time instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        return time instanceof ZonedDateTime zoned ? zoned.toInstant() : time;
    }

    @SuppressWarnings("unchecked")
    private static int compareTimes(Object a, Object b) throws Unjudgeable {
        if (a.getClass() == b.getClass()
                && a instanceof Comparable<?>
                && (a instanceof Temporal || a instanceof Instant)) {
            return ((Comparable<Object>) a).compareTo(b);
        }
        throw new Unjudgeable(MIXED);
    }

    private static int sorted(Object a, Object b) {
        int kinds = Integer.compare(kind(a), kind(b));
        if (kinds != 0) {
            return kinds;
        }
        try {
            return compare(a, b);
        } catch (Unjudgeable e) {
            return Values.compareText(String.valueOf(a), String.valueOf(b));
        }
    }

    private static int kind(Object value) {
        return value instanceof Number || value instanceof Boolean ? 0 : value instanceof String ? 1 : 2;
    }
}
