package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/** How many characters (Unicode code points) a text has. Values other than texts are unjudgeable. */
record LengthBetween(int min, int max, String requirement) implements ValueCheck {

    static ValueCheck readRange(Arguments arguments) {
        Integer min = arguments.count("min_value");
        Integer max = arguments.count("max_value");
        boolean strictMin = arguments.flag("strict_min");
        boolean strictMax = arguments.flag("strict_max");
        if (arguments.value("min_value") == null && arguments.value("max_value") == null) {
            arguments.problem("min_value and max_value cannot both be None; give at least one");
        }
        if (min != null && max != null && min > max) {
            arguments.problem("min_value cannot be greater than max_value; swap them");
        }
        int low = min == null ? 0 : strictMin ? Math.min(min, Integer.MAX_VALUE - 1) + 1 : min;
        int high = max == null ? Integer.MAX_VALUE : strictMax ? max - 1 : max;
        String requirement =
                Between.describe(min, max, strictMin, strictMax).replace("must be", "must have a length of");
        return new LengthBetween(low, high, requirement);
    }

    static ValueCheck readExact(Arguments arguments) {
        Integer length = arguments.count("value");
        if (arguments.value("value") == null) {
            arguments.problem("value must be given: the length, a whole number from 0 up");
        }
        int exact = length == null ? 0 : length;
        return new LengthBetween(exact, exact, "must have a length of " + exact);
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        if (value instanceof String text) {
            int length = text.codePointCount(0, text.length());
            return length >= min && length <= max;
        }
        throw new Unjudgeable("only texts have a length");
    }
}
