package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.temporal.Temporal;

/**
 * Where an aggregate must lie: GX's {@code min_value}, {@code max_value}, {@code strict_min} and {@code strict_max}.
 *
 * @param min the least value; {@code null} for none
 * @param max the greatest value; {@code null} for none
 * @param strictMin whether the least value itself is too little
 * @param strictMax whether the greatest value itself is too much
 */
record Range(Object min, Object max, boolean strictMin, boolean strictMax) {

    /** A range of numbers. No bound at all is met by every number. */
    static Range numbers(Arguments arguments) {
        return read(arguments, false);
    }

    /** A range of numbers, texts or dates. No bound at all is met by every value. */
    static Range anything(Arguments arguments) {
        return read(arguments, true);
    }

    /** Notes a problem if neither bound is there; two that are written as {@code null} are taken, as GX's profilers write them. */
    static void requireBound(Arguments arguments) {
        if (!arguments.has("min_value") && !arguments.has("max_value")) {
            arguments.problem("min_value and max_value cannot both be None; give at least one");
        }
    }

    private static Range read(Arguments arguments, boolean anything) {
        Object min = bound(arguments, "min_value", anything);
        Object max = bound(arguments, "max_value", anything);
        Range range = new Range(min, max, arguments.flag("strict_min"), arguments.flag("strict_max"));
        if (min != null && max != null) {
            try {
                if (Comparisons.order(min, max) > 0) {
                    arguments.problem("min_value cannot be greater than max_value; swap them");
                }
            } catch (Unjudgeable e) {
                arguments.problem("min_value and max_value must be of one type, two numbers or two texts");
            }
        }
        return range;
    }

    private static Object bound(Arguments arguments, String name, boolean anything) {
        Object value = arguments.value(name);
        if (value == null || (value instanceof Number && !Values.missing(value))) {
            return value;
        }
        if (anything && value instanceof String text && LegacyDates.parsed(arguments)) {
            Temporal date = DateParser.parse(text);
            if (date == null) {
                arguments.problem(name + " must be a date with parse_strings_as_datetimes");
            }
            return date;
        }
        if (anything && (value instanceof String || value instanceof Temporal)) {
            return value;
        }
        arguments.problem(name + " must be a number" + (anything ? " or a text such as a date" : ""));
        return null;
    }

    /** @throws Unjudgeable if the value is of another kind than the bounds */
    boolean holds(Object value) throws Unjudgeable {
        return reachesMin(value) && staysBelowMax(value);
    }

    /** Whether the verdict on a value, of which only bounds are known, is the same anywhere within these. */
    boolean decides(double lower, double upper) throws Unjudgeable {
        return (holds(lower) && holds(upper)) || !reachesMin(upper) || !staysBelowMax(lower);
    }

    private boolean reachesMin(Object value) throws Unjudgeable {
        if (min == null) {
            return true;
        }
        int order = Comparisons.order(value, min);
        return strictMin ? order > 0 : order >= 0;
    }

    private boolean staysBelowMax(Object value) throws Unjudgeable {
        if (max == null) {
            return true;
        }
        int order = Comparisons.order(value, max);
        return strictMax ? order < 0 : order <= 0;
    }

    /** The requirement on an aggregate of that name, as the end of a sentence. */
    String of(String aggregate) {
        if (min == null && max == null) {
            return "may have any " + aggregate;
        }
        return Between.describe(min, max, strictMin, strictMax)
                .replaceFirst("must be", "must have a " + aggregate + " of");
    }
}
