package io.github.camelaiflow.statistics;

import java.util.Arrays;

/** ln(n!), from a table that grows on demand and is shared, beyond it by Stirling's series. Thread-safe. */
final class LogFactorials {

    private static final int LONGEST = 1 << 20;
    private static final double HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

    private static volatile double[] table = {0, 0};

    private LogFactorials() {}

    /** A table that holds 0 to {@code n}, or as much of it as is kept, for {@link #of}; not to be changed. */
    static double[] upTo(long n) {
        double[] known = table;
        if (known.length > n || known.length == LONGEST) {
            return known;
        }
        double[] longer = Arrays.copyOf(known, (int) Math.min(LONGEST, Math.max(n + 1, 2L * known.length)));
        for (int i = known.length; i < longer.length; i++) {
            longer[i] = longer[i - 1] + Math.log(i);
        }
        table = longer;
        return longer;
    }

    /** ln(n!) by a table that {@link #upTo} gave for n or more. */
    static double of(long n, double[] table) {
        // The next term of the series, -1/(360 n³), is below what a double can tell there.
        return n < table.length
                ? table[(int) n]
                : n * (Math.log(n) - 1) + Math.log(n) / 2 + HALF_LOG_TWO_PI + 1 / (12.0 * n);
    }

    /** ln of how many ways there are to split {@code a + b} items into {@code a} and {@code b}. */
    static double logChoices(int a, int b) {
        long all = (long) a + b;
        double[] log = upTo(all);
        return of(all, log) - of(a, log) - of(b, log);
    }
}
