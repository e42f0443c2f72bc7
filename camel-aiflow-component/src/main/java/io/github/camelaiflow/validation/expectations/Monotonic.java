package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.temporal.Temporal;

/**
 * Whether each value is at least (strictly: more than) the one before it, or at most for decreasing. The first has none
 * before it and is never unexpected; missing values are left out before. Exact in windows too.
 *
 * @param mostly the share of the values, 0 to 1, that must be so
 */
record Monotonic(boolean increasing, boolean strictly, double mostly, String requirement) implements BatchCheck {

    private static final String NO_DIFFERENCE =
            "only numbers, and dates and times of one kind, have a difference that can be positive or negative";

    static Monotonic read(Arguments arguments, boolean increasing) {
        boolean strictly = arguments.flag("strictly");
        if (arguments.flag("parse_strings_as_datetimes")) {
            arguments.problem(
                    "parse_strings_as_datetimes is no longer supported, as in GX; remove it and hand in dates");
        }
        String requirement = "must be " + (strictly ? "strictly " : "") + (increasing ? "increasing" : "decreasing");
        return new Monotonic(increasing, strictly, arguments.mostly(), requirement);
    }

    @Override
    public BatchState newState(Memory memory) {
        return new State(memory);
    }

    private boolean follows(Object before, Object value) throws Unjudgeable {
        if (!differs(before) || !differs(value)) {
            throw new Unjudgeable(NO_DIFFERENCE);
        }
        int order = Order.compare(value, before);
        if (order == 0) {
            return !strictly || infinite(value);
        }
        return order > 0 == increasing;
    }

    private static boolean differs(Object value) {
        return Order.number(value) != null || value instanceof Temporal;
    }

    /** Infinity less infinity is NaN, which GX lets pass like the first value. */
    private static boolean infinite(Object value) {
        return (value instanceof Double || value instanceof Float)
                && Double.isInfinite(Values.toDouble((Number) value));
    }

    private final class State implements BatchState {

        private final Misses misses;
        private Object first;
        private int firstIndex;
        private Object last;
        private String error;

        State(Memory memory) {
            this.misses = new Misses(memory);
        }

        @Override
        public void add(Object value, int index) {
            if (last == null) {
                first = value;
                firstIndex = index;
                judgeable(value);
            } else {
                follow(value, index);
            }
            last = value;
        }

        private void judgeable(Object value) {
            if (!differs(value) && error == null) {
                error = NO_DIFFERENCE;
            }
        }

        private void follow(Object value, int index) {
            try {
                if (!follows(last, value)) {
                    misses.add(value, index);
                }
            } catch (Unjudgeable e) {
                error = error == null ? e.getMessage() : error;
            }
        }

        @Override
        public void merge(BatchState state, int offset) {
            State later = (State) state;
            if (later.last == null) {
                return;
            }
            if (last == null) {
                first = later.first;
                firstIndex = later.firstIndex + offset;
            } else {
                follow(later.first, later.firstIndex + offset);
            }
            last = later.last;
            error = error == null ? later.error : error;
            misses.addAll(later.misses, offset);
        }

        @Override
        public Finding finding(Counted counted) {
            return error == null ? misses.judged(mostly, counted) : Finding.failed(error);
        }
    }
}
