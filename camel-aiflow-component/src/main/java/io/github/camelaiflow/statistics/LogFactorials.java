package io.github.camelaiflow.statistics;

import java.util.Arrays;

/** ln(n!) as a table that grows on demand and is shared. Thread-safe. */
final class LogFactorials {

    private static volatile double[] table = {0, 0};

    private LogFactorials() {}

    /** A table that holds at least 0 to {@code n}; not to be changed. */
    static double[] upTo(int n) {
        double[] known = table;
        if (known.length > n) {
            return known;
        }
        double[] longer = Arrays.copyOf(known, Math.max(n + 1, Math.min(2 * known.length, 1 << 20)));
        for (int i = known.length; i < longer.length; i++) {
            longer[i] = longer[i - 1] + Math.log(i);
        }
        table = longer;
        return longer;
    }

    /** ln of how many ways there are to split {@code a + b} items into {@code a} and {@code b}. */
    static double logChoices(int a, int b) {
        double[] log = upTo(Math.addExact(a, b));
        return log[a + b] - log[a] - log[b];
    }
}
