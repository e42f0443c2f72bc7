package io.github.camelaiflow.drift.compatible;

import java.util.Arrays;

/**
 * The exact distribution of the two-sample Cramér–von Mises statistic for few values: Y. Xiao, A. Gordon and A. Yakovlev, "A C++
 * program for the Cramér-von Mises two-sample test", Journal of Statistical Software 17, 2006. All paths from (0, 0) to (n, m) are
 * counted by the sum of squared gaps on their way.
 */
final class ExactCramerVonMises {

    private ExactCramerVonMises() {}

    /** Path sums in ascending order, and how many paths have each. */
    private record Paths(long[] sums, long[] counts) {

        Paths and(Paths other) {
            long[] allSums = new long[sums.length + other.sums.length];
            long[] allCounts = new long[allSums.length];
            int size = 0;
            int i = 0;
            int j = 0;
            while (i < sums.length || j < other.sums.length) {
                boolean mine = j == other.sums.length || i < sums.length && sums[i] <= other.sums[j];
                long sum = mine ? sums[i] : other.sums[j];
                long count = mine ? counts[i++] : other.counts[j++];
                if (size > 0 && allSums[size - 1] == sum) {
                    allCounts[size - 1] += count;
                } else {
                    allSums[size] = sum;
                    allCounts[size++] = count;
                }
            }
            return new Paths(Arrays.copyOf(allSums, size), Arrays.copyOf(allCounts, size));
        }

        Paths plus(long step) {
            return new Paths(Arrays.stream(sums).map(sum -> sum + step).toArray(), counts);
        }
    }

    /** @param u Anderson's U of the ranks */
    static double pValue(double u, int m, int n) {
        long multiple = (long) m / gcd(m, n) * n;
        long a = multiple / m;
        long b = multiple / n;
        double product = (double) m * n;
        double zeta = Math.floor((double) multiple
                * multiple
                * (m + n)
                * (6 * u - product * (4 * product - 1))
                / (6 * product * product));
        Paths none = new Paths(new long[0], new long[0]);
        Paths[] row = new Paths[m + 1];
        Arrays.fill(row, none);
        row[0] = new Paths(new long[] {0}, new long[] {1});
        for (long i = 0; i <= n; i++) {
            Paths left = none;
            for (int v = 0; v <= m; v++) {
                long gap = a * v - b * i;
                left = left.and(row[v]).plus(gap * gap);
                row[v] = left;
            }
        }
        double reached = 0;
        double all = 0;
        for (int i = 0; i < row[m].sums().length; i++) {
            all += row[m].counts()[i];
            reached += row[m].sums()[i] >= zeta ? row[m].counts()[i] : 0;
        }
        return reached / all;
    }

    private static long gcd(long x, long y) {
        return y == 0 ? x : gcd(y, x % y);
    }
}
