package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.List;

/** Whether both values of a pair are equal by Python's equality. As in pandas, a missing value equals nothing, not even another. */
record PairEquality(String requirement) implements ValueCheck {

    static ValueCheck read(Arguments arguments) {
        return new PairEquality(
                "must have " + arguments.value("column_A") + " equal to " + arguments.value("column_B"));
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        List<?> pair = (List<?>) value;
        return !Values.missing(pair.get(0)) && Keys.equal(pair.get(0), pair.get(1));
    }
}
