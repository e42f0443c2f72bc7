package io.github.camelaiflow.validation.python;

import java.time.temporal.Temporal;
import java.util.Objects;

/**
 * Compares two values as pandas does: numbers (and truth values) with numbers, texts with texts, dates with dates or
 * texts that hold one. Values of different kinds are never equal and have no order. Neither value may be missing.
 */
public final class Comparisons {

    private static final String NO_ORDER = "values of these kinds have no order; compare numbers with numbers,"
            + " texts with texts, dates with dates";

    private Comparisons() {}

    /** Whether the values are equal. */
    public static boolean equal(Object a, Object b) {
        if (a instanceof Temporal || b instanceof Temporal) {
            try {
                return order(a, b) == 0;
            } catch (Unjudgeable e) {
                return false;
            }
        }
        Number x = number(a);
        Number y = number(b);
        return x != null && y != null ? Values.compare(x, y) == 0 : Objects.equals(a, b);
    }

    /**
     * Negative, zero or positive as a is less than, equal to or greater than b.
     *
     * @throws Unjudgeable if they are of kinds that cannot be compared
     */
    public static int order(Object a, Object b) throws Unjudgeable {
        Number x = number(a);
        Number y = number(b);
        if (x != null && y != null) {
            return Values.compare(x, y);
        }
        if (a instanceof String text && b instanceof String other) {
            return Values.compareText(text, other);
        }
        if (a instanceof Temporal time) {
            return timeOrder(time, b);
        }
        if (b instanceof Temporal time) {
            return -timeOrder(time, a);
        }
        throw new Unjudgeable(NO_ORDER);
    }

    private static int timeOrder(Temporal time, Object other) throws Unjudgeable {
        if (other instanceof Temporal second) {
            return Times.compare(time, second);
        }
        if (other instanceof String text) {
            return Times.compare(time, text);
        }
        throw new Unjudgeable(NO_ORDER);
    }

    private static Number number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof Number number ? number : null;
    }
}
