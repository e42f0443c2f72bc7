package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;

/** Values of records as numbers to calculate with. */
final class Numeric {

    private Numeric() {}

    /**
     * The value as a double; true as 1, false as 0.
     *
     * @param aggregate what is calculated, for the error
     * @throws Unjudgeable if it is no number
     */
    static double of(Object value, String aggregate) throws Unjudgeable {
        if (value instanceof Number number) {
            return Values.toDouble(number);
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        throw new Unjudgeable("only numeric values have a " + aggregate + "; convert the column to numbers");
    }
}
