package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.Times;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
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
            return Times.compare(time, other);
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

    /**
     * The value, or the date and time its text holds: GX's former {@code parse_strings_as_datetimes}.
     *
     * @throws Unjudgeable if it is a text without one
     */
    static Object date(Object value) throws Unjudgeable {
        if (!(value instanceof String text)) {
            return value;
        }
        Temporal time = DateParser.parse(text);
        if (time == null) {
            throw new Unjudgeable("the text holds no date");
        }
        return time;
    }
}
