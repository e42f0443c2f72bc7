package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.Times;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.temporal.Temporal;

/**
 * Whether a value lies between two bounds, inclusive unless strict. Numbers compare with numbers (true as 1, false as
 * 0), texts with texts by code point, {@code java.time} values with dates or bounds in ISO form, and texts with bounds that
 * are dates as the dates they hold; anything else is unjudgeable. GX 0.x's {@code parse_strings_as_datetimes} reads bounds
 * and texts as dates, its {@code allow_cross_type_comparisons} counts values of another kind as unexpected.
 */
record Between(Object min, Object max, boolean strictMin, boolean strictMax, boolean crossType, String requirement)
        implements ValueCheck {

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
            checkOrder(arguments, min, max);
        }
        return new Between(
                min,
                max,
                strictMin,
                strictMax,
                arguments.flag("allow_cross_type_comparisons"),
                describe(min, max, strictMin, strictMax));
    }

    private static Object bound(Arguments arguments, String name) {
        Object value = arguments.value(name);
        if (value instanceof String text && arguments.flag("parse_strings_as_datetimes")) {
            Temporal date = DateParser.parse(text);
            if (date == null) {
                arguments.problem(name + " must be a date with parse_strings_as_datetimes");
            }
            return date;
        }
        if (value == null
                || value instanceof String
                || value instanceof Temporal
                || (value instanceof Number && !Values.missing(value))) {
            return value;
        }
        arguments.problem(name + " must be a number or a text such as a date");
        return null;
    }

    private static void checkOrder(Arguments arguments, Object min, Object max) {
        try {
            if (Comparisons.order(min, max) > 0) {
                arguments.problem("min_value cannot be greater than max_value; swap them");
            }
        } catch (Unjudgeable e) {
            arguments.problem("min_value and max_value must be of one type, two numbers, two texts or two dates");
        }
    }

    static String describe(Object min, Object max, boolean strictMin, boolean strictMax) {
        String low = strictMin ? "above " + min : "at least " + min;
        String high = strictMax ? "below " + max : "at most " + max;
        return "must be " + (min == null ? high : max == null ? low : low + " and " + high);
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        try {
            return (min == null || inside(compare(value, min), strictMin))
                    && (max == null || inside(-compare(value, max), strictMax));
        } catch (Unjudgeable e) {
            if (crossType) {
                return false;
            }
            throw e;
        }
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
        } else if (value instanceof Temporal time) {
            return bound instanceof Temporal date ? Times.compare(time, date) : Times.compare(time, (String) bound);
        } else if (value instanceof String text) {
            return bound instanceof Temporal date
                    ? -Times.compare(date, text)
                    : Values.compareText(text, (String) bound);
        }
        throw new Unjudgeable(MIXED);
    }
}
