package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.time.temporal.Temporal;

/** Values of records as what a check compares or calculates with. */
final class Coercion {

    private Coercion() {}

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
