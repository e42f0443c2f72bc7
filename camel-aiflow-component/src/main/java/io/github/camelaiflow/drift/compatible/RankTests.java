package io.github.camelaiflow.drift.compatible;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Two-sample tests of ranks, as scipy (or Evidently's copy of it) computes their p-values. */
final class RankTests {

    private static final int EXACT_CRAMER = 20;
    private static final int EXACT_MANN_WHITNEY = 8;
    private static final double MOST_STEPS = 5e8;
    private static final double LAST_TERM = 1e-7;
    private static final double STEP = 0.05;
    private static final double UNDERFLOW = 745;
    /** F. Scholz and M. Stephens, "K-sample Anderson-Darling tests", JASA 82, 1987, table 2 for two samples. */
    private static final double[] ANDERSON_CRITICAL = {
        0.675 - 0.245 - 0.105,
        1.281 + 0.25 - 0.305,
        1.645 + 0.678 - 0.362,
        1.96 + 1.149 - 0.391,
        2.326 + 1.822 - 0.396,
        2.573 + 2.364 - 0.345,
        3.085 + 3.615 - 0.154
    };

    private static final double[] ANDERSON_LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};

    private RankTests() {}

    /** What was measured and the chance of more without a difference. */
    record Result(double statistic, double pValue) {}

    /** Cramér–von Mises: exact up to 20 values a side, else by the limiting distribution, its series cut where Evidently cuts it. */
    static Result cramerVonMises(double[] reference, double[] window) {
        double[] x = Divergences.sorted(reference);
        double[] y = Divergences.sorted(window);
        double n = x.length;
        double m = y.length;
        double all = n + m;
        double u = n * squares(x, y) + m * squares(y, x);
        double product = n * m;
        double t = u / (product * all) - (4 * product - 1) / (6 * all);
        if (x.length < 2 || y.length < 2) {
            return new Result(t, Double.NaN);
        }
        if (Math.max(x.length, y.length) <= EXACT_CRAMER) {
            return new Result(t, ExactCramerVonMises.pValue(u, x.length, y.length));
        }
        double expected = (1 + 1 / all) / 6;
        double variance = (all + 1) * (4 * product * all - 3 * (n * n + m * m) - 2 * product);
        variance /= 45 * all * all * 4 * product;
        double limit = 1 / 6.0 + (t - expected) / Math.sqrt(45 * variance);
        return new Result(t, limit < 0.003 ? 1 : Math.max(0, 1 - cramerLimit(limit)));
    }

    /** How far each value's rank in both samples is from that in its own, squared. */
    private static double squares(double[] own, double[] other) {
        double sum = 0;
        for (int i = 0; i < own.length; i++) {
            double distance = midrank(own, own[i]) + midrank(other, own[i]) + 0.5 - (i + 1);
            sum += distance * distance;
        }
        return sum;
    }

    /** How many values are less, and half of those that are equal. */
    private static double midrank(double[] sorted, double value) {
        return (Histograms.below(sorted, value, false) + Histograms.below(sorted, value, true)) / 2.0;
    }

    /** S. Csörgő and J. Faraway, "The exact and asymptotic distributions of Cramér-von Mises statistics", JRSS B 58, 1996, (1.3). */
    private static double cramerLimit(double x) {
        double sum = 0;
        double term = 1;
        for (int k = 0; Math.abs(term) >= LAST_TERM; k++) {
            double factor = Math.exp(LogGamma.value(k + 0.5) - LogGamma.value(k + 1.0))
                    / (Math.pow(Math.PI, 1.5) * Math.sqrt(x));
            double y = 4 * k + 1;
            term = factor * Math.sqrt(y) * scaledBessel(y * y / (16 * x));
            sum += term;
        }
        return sum;
    }

    /** exp(−q) K_¼(q) = ∫ exp(−q (1 + cosh t)) cosh(t / 4) dt over t from 0, by trapezoids, which converge exponentially here. */
    private static double scaledBessel(double q) {
        double sum = Math.exp(-2 * q) / 2;
        for (double t = STEP; q * (1 + Math.cosh(t)) < UNDERFLOW; t += STEP) {
            sum += Math.exp(-q * (1 + Math.cosh(t))) * Math.cosh(t / 4);
        }
        return sum * STEP;
    }

    /** Anderson–Darling with midranks, the p-value by scipy's curve through a table: from 0.001 to 0.25. */
    static Result andersonDarling(double[] reference, double[] window) {
        double[][] samples = {Divergences.sorted(reference), Divergences.sorted(window)};
        double[] all = Arrays.copyOf(samples[0], samples[0].length + samples[1].length);
        System.arraycopy(samples[1], 0, all, samples[0].length, samples[1].length);
        Arrays.sort(all);
        int n = all.length;
        if (n < 4 || all[0] == all[n - 1]) {
            return new Result(Double.NaN, Double.NaN);
        }
        double sum = 0;
        for (double[] sample : samples) {
            sum += andersonTerms(sample, all) / sample.length;
        }
        sum *= (n - 1.0) / n;
        double statistic = (sum - 1) / andersonDeviation(1.0 / reference.length + 1.0 / window.length, n);
        double last = ANDERSON_CRITICAL[ANDERSON_CRITICAL.length - 1];
        if (statistic < ANDERSON_CRITICAL[0]) {
            return new Result(statistic, ANDERSON_LEVELS[0]);
        }
        return new Result(statistic, statistic > last ? 0.001 : Math.exp(andersonCurve(statistic)));
    }

    private static double andersonTerms(double[] sample, double[] all) {
        double n = all.length;
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
            if (i > 0 && all[i] == all[i - 1]) {
                continue;
            }
            double equal = Histograms.below(all, all[i], true) - i;
            double rank = i + equal / 2;
            double own = midrank(sample, all[i]);
            double distance = n * own - rank * sample.length;
            sum += equal / n * distance * distance / (rank * (n - rank) - n * equal / 4);
        }
        return sum;
    }

    private static double andersonDeviation(double inverses, double n) {
        double partial = 0;
        double g = 0;
        for (int i = 2; i < n; i++) {
            partial += 1 / (n + 1 - i);
            g += partial / i;
        }
        double h = partial + 1;
        double a = 4 * g - 6 + (10 - 6 * g) * inverses;
        double b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverses - 8 * h + 4 * g - 6;
        double c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverses + 4 * h;
        double d = (2 * h + 6) * 4 - 8 * h;
        return Math.sqrt((a * n * n * n + b * n * n + c * n + d) / ((n - 1) * (n - 2) * (n - 3)));
    }

    /** The parabola of least squares through the logarithms of the levels, on orthogonal polynomials. */
    private static double andersonCurve(double x) {
        double[] points = ANDERSON_CRITICAL;
        int n = points.length;
        double first = Arrays.stream(points).average().orElseThrow();
        double[] linear = Arrays.stream(points).map(p -> p - first).toArray();
        double norm = Arrays.stream(linear).map(p -> p * p).sum();
        double second = Arrays.stream(linear).map(p -> p * p * p).sum() / norm;
        double third = norm / n;
        double[] square =
                Arrays.stream(linear).map(p -> (p - second) * p - third).toArray();
        double mean = 0;
        double slope = 0;
        double bend = 0;
        for (int i = 0; i < n; i++) {
            double y = Math.log(ANDERSON_LEVELS[i]);
            mean += y / n;
            slope += y * linear[i] / norm;
            bend += y * square[i];
        }
        bend /= Arrays.stream(square).map(p -> p * p).sum();
        double at = x - first;
        return mean + slope * at + bend * ((at - second) * at - third);
    }

    /** Mann–Whitney: whether the reference is the less; exact without ties if one side has at most 8 values. */
    static Result mannWhitneyLess(double[] reference, double[] window) {
        double[] x = Divergences.sorted(reference);
        double[] y = Divergences.sorted(window);
        double n = x.length;
        double m = y.length;
        double u = 0;
        for (double value : x) {
            u += midrank(y, value);
        }
        double other = n * m - u;
        double ties = ties(x, y);
        if (Math.min(n, m) <= EXACT_MANN_WHITNEY && ties == 0 && n * m * Math.max(n, m) < MOST_STEPS) {
            return new Result(u, exactAtLeast((int) other, x.length, y.length));
        }
        double all = n + m;
        double deviation = Math.sqrt(n * m / 12 * (all + 1 - ties / (all * (all - 1))));
        double z = (other - n * m / 2 - 0.5) / deviation;
        return new Result(u, NormalDistribution.of(0, 1).survivalProbability(z));
    }

    private static double ties(double[] x, double[] y) {
        double[] all = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, all, x.length, y.length);
        Arrays.sort(all);
        double sum = 0;
        for (int i = 0; i < all.length; ) {
            double equal = Histograms.below(all, all[i], true) - i;
            sum += equal * equal * equal - equal;
            i += (int) equal;
        }
        return sum;
    }

    /** The chance that U is at least k, by which sample holds the largest value. */
    private static double exactAtLeast(int k, int n, int m) {
        int few = Math.min(n, m);
        int many = Math.max(n, m);
        int size = few * many + 1;
        double[][] chances = new double[few + 1][size];
        chances[0][0] = 1;
        for (int i = 1; i <= few; i++) {
            chances[i][0] = 1;
        }
        for (int j = 1; j <= many; j++) {
            for (int i = 1; i <= few; i++) {
                double largest = (double) i / (i + j);
                for (int u = size - 1; u >= 0; u--) {
                    double fromFew = u >= j ? chances[i - 1][u - j] : 0;
                    chances[i][u] = largest * fromFew + (1 - largest) * chances[i][u];
                }
            }
        }
        double sum = 0;
        for (int u = 0; u <= few * many - k; u++) {
            sum += chances[few][u];
        }
        return Math.min(1, sum);
    }
}
