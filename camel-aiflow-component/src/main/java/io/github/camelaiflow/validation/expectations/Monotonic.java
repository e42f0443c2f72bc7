package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.time.temporal.Temporal;

/**
 * Whether each value is at least (strictly: more than) the one before it, or at most for decreasing. The first has none
 * before it and is never unexpected; missing values are left out before. Exact in windows too.
 *
 * @param dates whether texts are read as dates
 * @param mostly the share of the values, 0 to 1, that must be so
 */
record Monotonic(boolean increasing, boolean strictly, boolean dates, double mostly, String requirement)
        implements BatchCheck {

    private static final String NO_DIFFERENCE =
            "only numbers, and dates and times of one kind, have a difference that can be positive or negative";

    static Monotonic read(Arguments arguments, boolean increasing) {
        boolean strictly = arguments.flag("strictly");
        boolean dates = arguments.flag("parse_strings_as_datetimes");
        String requirement = "must be " + (strictly ? "strictly " : "") + (increasing ? "increasing" : "decreasing");
        return new Monotonic(increasing, strictly, dates, arguments.mostly(), requirement);
    }

    @Override
    public int share() {
        return 0;
    }

    @Override
    public BatchState newState(Memory memory) {
        return new State(memory);
    }

    /** The value as something that has differences. */
    private Object comparable(Object value) throws Unjudgeable {
        Object comparable = dates ? Coercion.date(value) : value;
        if (Coercion.number(comparable) == null && !(comparable instanceof Temporal)) {
            throw new Unjudgeable(NO_DIFFERENCE);
        }
        return comparable;
    }

    private boolean follows(Object before, Object value) throws Unjudgeable {
        int order = Comparisons.order(value, before);
        if (order == 0) {
            return !strictly || infinite(value);
        }
        return order > 0 == increasing;
    }

    /** Infinity less infinity is NaN, which GX lets pass like the first value. */
    private static boolean infinite(Object value) {
        return (value instanceof Double || value instanceof Float)
                && Double.isInfinite(Values.toDouble((Number) value));
    }

    private final class State implements BatchState {

        private final Misses misses;
        private Object firstValue;
        private int firstIndex;
        /** What can be compared: the first and the last; {@code null} while there is none. */
        private Object first;

        private Object last;
        private String error;

        State(Memory memory) {
            this.misses = new Misses(memory);
        }

        @Override
        public void add(Object value, int index) {
            try {
                follow(comparable(value), value, index);
            } catch (Unjudgeable e) {
                error = error == null ? e.getMessage() : error;
            }
        }

        private void follow(Object comparable, Object value, int index) throws Unjudgeable {
            if (last == null) {
                first = comparable;
                firstValue = value;
                firstIndex = index;
            } else if (!follows(last, comparable)) {
                misses.add(value, index);
            }
            last = comparable;
        }

        @Override
        public void merge(BatchState state, int offset) {
            State later = (State) state;
            error = error == null ? later.error : error;
            if (later.last == null) {
                return;
            }
            try {
                follow(later.first, later.firstValue, later.firstIndex + offset);
            } catch (Unjudgeable e) {
                error = error == null ? e.getMessage() : error;
            }
            last = later.last;
            misses.addAll(later.misses, offset);
        }

        @Override
        public Finding finding(Counted counted) {
            return error == null ? misses.judged(mostly, counted) : Finding.failed(error);
        }
    }
}
