package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Times;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.temporal.Temporal;

/**
 * Whether a value lies between two bounds, inclusive unless strict. Numbers compare with numbers (true as 1, false as
 * 0), texts with texts by code point, {@code java.time} values with bounds in ISO form; anything else is unjudgeable.
 */
record Between(Object min, Object max, boolean strictMin, boolean strictMax, String requirement) implements ValueCheck {

    private static final String MIXED =
            "Column values, min_value, and max_value must either be None or of the same type.";

    static ValueCheck read(Arguments arguments) {
        Object min = bound(arguments, "min_value");
        Object max = bound(arguments, "max_value");
        boolean strictMin = arguments.flag("strict_min");
        boolean strictMax = arguments.flag("strict_max");
        if (arguments.value("min_value") == null && arguments.value("max_value") == null) {
            arguments.problem("min_value and max_value cannot both be None; give at least one");
        }
        if (min != null && max != null) {
            if (min instanceof String != max instanceof String) {
                arguments.problem("min_value and max_value must be of one type, two numbers or two texts");
            } else if (order(min, max) > 0) {
                arguments.problem("min_value cannot be greater than max_value; swap them");
            }
        }
        return new Between(min, max, strictMin, strictMax, describe(min, max, strictMin, strictMax));
    }

    private static Object bound(Arguments arguments, String name) {
        Object value = arguments.value(name);
        if (value == null || value instanceof String || (value instanceof Number && !Values.missing(value))) {
            return value;
        }
        arguments.problem(name + " must be a number or a text such as a date");
        return null;
    }

    private static int order(Object min, Object max) {
        return min instanceof String text
                ? Values.compareText(text, (String) max)
                : Values.compare((Number) min, (Number) max);
    }

    static String describe(Object min, Object max, boolean strictMin, boolean strictMax) {
        String low = strictMin ? "above " + min : "at least " + min;
        String high = strictMax ? "below " + max : "at most " + max;
        return "must be " + (min == null ? high : max == null ? low : low + " and " + high);
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        return (min == null || inside(compare(value, min), strictMin))
                && (max == null || inside(-compare(value, max), strictMax));
    }

    private static boolean inside(int order, boolean strict) {
        return strict ? order > 0 : order >= 0;
    }

    private static int compare(Object value, Object bound) throws Unjudgeable {
        if (bound instanceof Number limit) {
            if (value instanceof Number number) {
                return Values.compare(number, limit);
            }
            if (value instanceof Boolean flag) {
                return Values.compare(flag ? 1 : 0, limit);
            }
        } else if (value instanceof String text) {
            return Values.compareText(text, (String) bound);
        } else if (value instanceof Temporal time) {
            return Times.compare(time, (String) bound);
        }
        throw new Unjudgeable(MIXED);
    }
}
