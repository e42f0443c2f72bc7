package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.time.temporal.Temporal;

/** The greatest or the least value of a column, numbers, texts or dates. Exact in constant memory. */
final class Extreme implements Accumulator<Extreme> {

    private static final String MIXED = "values must be of one kind to have a greatest and a least one: numbers,"
            + " texts or dates; make the column one kind";

    private final int direction;
    private final boolean parsed;
    private Object value;

    private Extreme(int direction, boolean parsed) {
        this.direction = direction;
        this.parsed = parsed;
    }

    /** @param parsed whether texts are dates */
    static Extreme max(boolean parsed) {
        return new Extreme(1, parsed);
    }

    /** @param parsed whether texts are dates */
    static Extreme min(boolean parsed) {
        return new Extreme(-1, parsed);
    }

    @Override
    public void add(Object given) throws Unjudgeable {
        Object candidate = parsed && given instanceof String text ? date(text) : given;
        // A lone value is compared with itself, so that one of a kind without an order is found too
        Object other = value == null ? candidate : value;
        if (candidate instanceof String != other instanceof String) {
            throw new Unjudgeable(MIXED);
        }
        if (Comparisons.order(candidate, other) * direction > 0 || value == null) {
            value = candidate;
        }
    }

    private static Temporal date(String text) throws Unjudgeable {
        Temporal date = DateParser.parse(text);
        if (date == null) {
            throw new Unjudgeable("texts must be dates with parse_strings_as_datetimes");
        }
        return date;
    }

    @Override
    public void merge(Extreme later) throws Unjudgeable {
        if (later.value != null) {
            add(later.value);
        }
    }

    /** {@code null} if there was none. */
    Object value() {
        return value;
    }
}
