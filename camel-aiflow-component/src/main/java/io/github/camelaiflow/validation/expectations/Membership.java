package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.Times;
import io.github.camelaiflow.validation.python.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a value is one of a set, by Python's equality: 1 and 1.0 are one, 1 and "1" are two. A date or time is also the text
 * that holds it, in any writing, as in pandas.
 *
 * @param times the points in time that texts and dates of the set hold
 */
record Membership(Set<Object> values, Set<Instant> times, boolean inside, String requirement) implements ValueCheck {

    private static final int SHOWN = 10;

    static ValueCheck read(Arguments arguments, boolean inside) {
        List<Object> given = arguments.list("value_set");
        Set<Object> values = new HashSet<>();
        Set<Instant> times = new HashSet<>();
        for (Object value : given) {
            if (!Values.missing(value)) {
                values.add(Values.canonical(value));
                Instant time = time(value);
                if (time != null) {
                    times.add(time);
                }
            }
        }
        String shown = given.size() <= SHOWN ? given.toString() : "the " + given.size() + " values of its set";
        return new Membership(values, times, inside, "must " + (inside ? "be one of " : "be none of ") + shown);
    }

    @Override
    public boolean meets(Object value) {
        boolean found = values.contains(Values.canonical(value))
                || (value instanceof Temporal && !times.isEmpty() && times.contains(time(value)));
        return found == inside;
    }

    /** {@code null} for what is no date: of texts only those that begin with a digit are tried. */
    private static Instant time(Object value) {
        boolean dated = value instanceof String text && !text.isEmpty() && Character.isDigit(text.charAt(0));
        Object date = dated ? DateParser.parse((String) value) : value;
        try {
            return date instanceof Temporal temporal ? Times.instant(temporal) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
