package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Numbers of a column. */
final class Numbers {

    private Numbers() {}

    /** The measures of all values, ascending; {@code null} if one cannot be measured. */
    static List<Number> ordered(List<Object> values, Function<Object, Number> measure) {
        List<Number> ordered = new ArrayList<>(values.size());
        for (Object value : values) {
            Number number = measure.apply(value);
            if (number == null) {
                return null;
            }
            ordered.add(number);
        }
        ordered.sort(Values::compare);
        return ordered;
    }

    /** The value itself if it is a number. */
    static Number number(Object value) {
        return value instanceof Number number ? number : null;
    }

    /** Whether the numbers rise from each to the next, or fall: a counter or a time, which the next batch goes on with. */
    static boolean sequence(List<Object> values) {
        int direction = 0;
        for (int i = 1; i < values.size(); i++) {
            int order = Values.compare((Number) values.get(i), (Number) values.get(i - 1));
            if (order == 0 || (direction != 0 && Integer.signum(order) != direction)) {
                return false;
            }
            direction = Integer.signum(order);
        }
        return direction != 0;
    }
}
