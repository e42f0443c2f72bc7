package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.math.BigDecimal;
import java.util.List;

/**
 * Whether the sum over several columns of one record lies between two bounds, inclusive unless strict. Floating-point
 * numbers are added in order as doubles, others exactly. With a missing value there is no sum, which is unexpected, as in GX.
 *
 * @param min {@code null} for none
 * @param max {@code null} for none
 */
record SumBetween(Number min, Number max, boolean strictMin, boolean strictMax, String requirement)
        implements ValueCheck {

    /** Adding decimals of more digits exactly would take memory without bound. */
    private static final int MOST_DIGITS = 1000;

    private static final double EXACT_IN_DOUBLE = 0x1p53;

    static ValueCheck readTotal(Arguments arguments) {
        Number total = number(arguments, "sum_total");
        if (arguments.value("sum_total") == null) {
            arguments.problem("sum_total must be given, as a number");
        }
        return new SumBetween(total, total, false, false, "must have a sum of " + total);
    }

    static ValueCheck readRange(Arguments arguments) {
        Number min = number(arguments, "min_value");
        Number max = number(arguments, "max_value");
        boolean strictMin = arguments.flag("strict_min");
        boolean strictMax = arguments.flag("strict_max");
        if (arguments.value("min_value") == null && arguments.value("max_value") == null) {
            arguments.problem("min_value and max_value cannot both be None; give at least one");
        }
        if (min != null && max != null && Values.compare(min, max) > 0) {
            arguments.problem("min_value cannot be greater than max_value; swap them");
        }
        String requirement = Between.describe(min, max, strictMin, strictMax).replace("must be", "must have a sum of");
        return new SumBetween(min, max, strictMin, strictMax, requirement);
    }

    private static Number number(Arguments arguments, String name) {
        Object value = arguments.value(name);
        if (value == null || (value instanceof Number && !Values.missing(value))) {
            return (Number) value;
        }
        arguments.problem(name + " must be a number");
        return null;
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        Number sum = sum((List<?>) value);
        return sum != null && above(sum) && below(sum);
    }

    private boolean above(Number sum) {
        return min == null || (strictMin ? Values.compare(sum, min) > 0 : Values.compare(sum, min) >= 0);
    }

    private boolean below(Number sum) {
        return max == null || (strictMax ? Values.compare(sum, max) < 0 : Values.compare(sum, max) <= 0);
    }

    /** {@code null} if there is no sum: a value is missing, or infinities cancel out. */
    private static Number sum(List<?> values) throws Unjudgeable {
        boolean exact = true;
        boolean whole = true;
        double sum = 0;
        double size = 0;
        for (Object value : values) {
            if (Values.missing(value)) {
                return null;
            }
            Number number = Coercion.number(value);
            if (number == null) {
                throw new Unjudgeable("only numbers have a sum");
            }
            double rounded = Values.toDouble(number);
            exact &= exact(number);
            whole &= Values.integral(number);
            sum += rounded;
            size += Math.abs(rounded);
        }
        if (exact && !(whole && size < EXACT_IN_DOUBLE)) {
            return exactSum(values);
        }
        return Double.isNaN(sum) ? null : (Number) sum;
    }

    private static boolean exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) + decimal.precision() <= MOST_DIGITS;
        }
        return Values.integral(number);
    }

    private static BigDecimal exactSum(List<?> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            Number number = Coercion.number(value);
            sum = sum.add(number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString()));
        }
        return sum;
    }
}
