package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a value is one of a set, by Python's equality: 1 and 1.0 are one, 1 and "1" are two. */
record Membership(Set<Object> values, boolean inside, String requirement) implements ValueCheck {

    private static final int SHOWN = 10;

    static ValueCheck read(Arguments arguments, boolean inside) {
        List<Object> given = arguments.list("value_set");
        Set<Object> values = new HashSet<>();
        for (Object value : given) {
            if (!Values.missing(value)) {
                values.add(Values.canonical(value));
            }
        }
        String shown = given.size() <= SHOWN ? given.toString() : "the " + given.size() + " values of its set";
        return new Membership(values, inside, "must " + (inside ? "be one of " : "be none of ") + shown);
    }

    @Override
    public boolean meets(Object value) {
        return values.contains(Values.canonical(value)) == inside;
    }
}
