package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sample Kolmogorov–Smirnov test with the exact distribution of its statistic wherever anything is decided (the asymptotic
 * one rejects up to 3 % too often at a few thousand values): only p-values above {@value #ORDINARY} of large samples are
 * asymptotic. For continuous values the p-value is exact; ties make it conservative: the chance of {@code pValue <= level} is then
 * below the level.
 *
 * <p>Thread-safe; critical values are remembered, at most {@value #REMEMBERED}.
 */
public final class KolmogorovSmirnov {

    private static final int REMEMBERED = 1024;
    private static final int STEPS = 60;
    private static final long LARGE = 1_000_000;
    private static final double ORDINARY = 0.2;
    private static final double MARGIN = 0.05;
    private static final KolmogorovSmirnovTest TEST = KolmogorovSmirnovTest.withDefaults();

    private final Map<Sizes, Double> criticalValues = new ConcurrentHashMap<>();

    /** What a test says. */
    public record Result(double statistic, double pValue) {}

    private record Sizes(int fewer, int more, double level) {}

    /**
     * Tests two samples; takes about 10 ms for 20,000 against 1,000 values, 1 ms if they do not differ.
     *
     * @param x finite values, at least 2
     * @param y finite values, at least 2
     */
    public Result test(double[] x, double[] y) {
        KolmogorovSmirnovTest.TwoResult result = null;
        if (large(x.length, y.length)) {
            result = TEST.with(PValueMethod.ASYMPTOTIC).test(x, y);
        }
        if (result == null || result.getPValue() <= ORDINARY) {
            result = TEST.with(PValueMethod.EXACT).test(x, y);
        }
        return new Result(result.getStatistic(), result.getPValue());
    }

    /**
     * The critical value to show beside a statistic: on the same side of it as {@link #criticalValue}, and the same unless the samples
     * are large and the statistic is nowhere near. Then it is taken from round sizes near these, right to 2 %, so that samples whose
     * sizes change every time need not cost a search each.
     */
    public double criticalValue(int n, int m, double level, double statistic) {
        if (large(n, m)) {
            int roundN = round(n);
            int roundM = round(m);
            double scale = Math.sqrt((1.0 / n + 1.0 / m) / (1.0 / roundN + 1.0 / roundM));
            double near = criticalValue(roundN, roundM, level) * scale;
            if (Math.abs(statistic - near) > MARGIN * near) {
                return near;
            }
        }
        return criticalValue(n, m, level);
    }

    private static boolean large(int n, int m) {
        return (long) n * m > LARGE;
    }

    /** To the three leading binary digits after the first. */
    private static int round(int n) {
        int unit = Math.max(1, Integer.highestOneBit(n) >> 3);
        return (n + unit / 2) / unit * unit;
    }

    /**
     * The largest value the statistic can take without {@code pValue <= level}: a test rejects exactly if its statistic is above.
     *
     * @param level above 0 and below 1
     * @return 1 if samples of these sizes can never reject at that level
     */
    public double criticalValue(int n, int m, double level) {
        Sizes sizes = new Sizes(Math.min(n, m), Math.max(n, m), level);
        Double known = criticalValues.get(sizes);
        if (known != null) {
            return known;
        }
        double value = canReject(n, m, level) ? search(sizes) : 1;
        if (criticalValues.size() >= REMEMBERED) {
            criticalValues.clear();
        }
        criticalValues.put(sizes, value);
        return value;
    }

    /** Whether samples of these sizes can reject at all: is the chance of complete separation at most the level? */
    public static boolean canReject(int n, int m, double level) {
        return n > 1 && m > 1 && Math.log(2) - LogFactorials.logChoices(n, m) <= Math.log(level);
    }

    /**
     * The statistic lies on multiples of 1/lcm(n, m). Steps along {@code ln p ≈ ln 2 − 2 n m / (n + m) d²} lead near the last
     * multiple that does not reject; a bracket around it, halved, then finds it.
     */
    private static double search(Sizes sizes) {
        int n = sizes.more();
        int m = sizes.fewer();
        double effective = (double) n * m / (n + m);
        long lattice = (long) n * m / gcd(n, m);
        long low = 0;
        long high = lattice;
        double squared = Math.log(2 / sizes.level()) / (2 * effective);
        for (int step = 0; step < STEPS && high - low > 1; step++) {
            long guess = Math.round(Math.sqrt(Math.max(squared, 0)) * lattice);
            // Near the end, and wherever a step leaves the bracket, halving is safe.
            long k = guess <= low || guess >= high ? between(low, high, guess) : guess;
            double p = exceedance(n, m, k, lattice);
            if (p <= sizes.level()) {
                high = k;
            } else {
                low = k;
            }
            double d = (double) k / lattice;
            squared = d * d + Math.log(p / sizes.level()) / (2 * effective);
        }
        return (double) low / lattice;
    }

    /** One beside the end the guess fell on or beyond, if that can close the bracket; the middle else. */
    private static long between(long low, long high, long guess) {
        if (guess == low) {
            return low + 1;
        }
        return guess == high ? high - 1 : low + (high - low) / 2;
    }

    /**
     * P(D ≥ k/lattice): the chance that a random path from (0, 0) to (n, m) leaves the band; by recursion over the paths'
     * reversed steps without cancellation (T. Viehmann, "Numerically more stable computation of the p-values for the
     * two-sample Kolmogorov-Smirnov test", 2021).
     */
    static double exceedance(int n, int m, long k, long lattice) {
        long stepX = lattice / n;
        long stepY = lattice / m;
        double[] inverse = new double[n + m + 1];
        for (int i = 1; i <= n + m; i++) {
            inverse[i] = 1.0 / i;
        }
        double[] leaves = new double[m + 2];
        Arrays.fill(leaves, 1);
        for (int i = 0; i <= n; i++) {
            long at = i * stepX;
            int low = (int) Math.max(0, Math.floorDiv(at - k, stepY) + 1);
            int high = (int) Math.min(m, Math.floorDiv(at + k - 1, stepY));
            double left = low == 0 ? 0 : 1;
            for (int j = low; j <= high; j++) {
                left = i + j == 0 ? 0 : (leaves[j] * i + left * j) * inverse[i + j];
                leaves[j] = left;
            }
            leaves[high + 1] = 1;
        }
        return leaves[m];
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
