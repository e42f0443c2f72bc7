package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.Comparator;

/** An order of any values, for lists of them: numbers, then texts, then all others; in each kind the lesser first. */
final class Ordering {

    static final Comparator<Object> SORTED = Ordering::sorted;

    private Ordering() {}

    private static int sorted(Object a, Object b) {
        int kinds = Integer.compare(kind(a), kind(b));
        if (kinds != 0) {
            return kinds;
        }
        try {
            return Comparisons.order(a, b);
        } catch (Unjudgeable e) {
            return Values.compareText(String.valueOf(a), String.valueOf(b));
        }
    }

    private static int kind(Object value) {
        return value instanceof Number || value instanceof Boolean ? 0 : value instanceof String ? 1 : 2;
    }
}
