package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;
import java.math.BigDecimal;

/**
 * A range of counts, inclusive unless strict; without bounds everything is within.
 *
 * @param min {@code null} for none
 * @param max {@code null} for none
 */
record CountRange(Long min, Long max, boolean strictMin, boolean strictMax) {

    /** @param crossed what GX says of a minimum above the maximum */
    static CountRange read(Arguments arguments, String crossed) {
        Long min = bound(arguments, "min_value");
        Long max = bound(arguments, "max_value");
        boolean strictMin = arguments.flag("strict_min");
        boolean strictMax = arguments.flag("strict_max");
        if (min != null && max != null && min > max) {
            arguments.problem(crossed + "; swap min_value and max_value");
        }
        return new CountRange(min, max, strictMin, strictMax);
    }

    static CountRange readExact(Arguments arguments) {
        Long value = integer(arguments.value("value"));
        if (value == null) {
            arguments.problem("value must be given, as a whole number; what is there is not a valid integer");
        }
        return new CountRange(value, value, false, false);
    }

    private static Long bound(Arguments arguments, String name) {
        Object value = arguments.value(name);
        Long bound = integer(value);
        if (value != null && bound == null) {
            arguments.problem(name + " is not a whole number; min_value and max_value must be integers");
        }
        return bound;
    }

    private static Long integer(Object value) {
        if (!(value instanceof Number number) || Values.missing(value)) {
            return null;
        }
        try {
            return Math.abs(number.doubleValue()) < 0x1p63
                    ? (Long) new BigDecimal(number.toString()).longValueExact()
                    : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    boolean holds(long count) {
        return (min == null || (strictMin ? count > min : count >= min))
                && (max == null || (strictMax ? count < max : count <= max));
    }

    /** The end of a sentence about so many of something. */
    String describe(String what) {
        if (min == null && max == null) {
            return "may have any number of " + what;
        }
        String range =
                min != null && min.equals(max) ? "must be " + min : Between.describe(min, max, strictMin, strictMax);
        return range.replace("must be", "must have") + " " + what;
    }
}
