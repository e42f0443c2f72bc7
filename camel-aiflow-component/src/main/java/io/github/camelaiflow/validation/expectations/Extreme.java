package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/** The greatest or the least value of a column, numbers, texts or dates. Exact in constant memory. */
final class Extreme implements Accumulator<Extreme> {

    private final int direction;
    private Object value;

    private Extreme(int direction) {
        this.direction = direction;
    }

    static Extreme max() {
        return new Extreme(1);
    }

    static Extreme min() {
        return new Extreme(-1);
    }

    @Override
    public void add(Object candidate) throws Unjudgeable {
        if (value == null) {
            // Compared with itself, so that a lone value without an order is found too
            Ordering.compare(candidate, candidate);
            value = candidate;
        } else if (Ordering.compare(candidate, value) * direction > 0) {
            value = candidate;
        }
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
