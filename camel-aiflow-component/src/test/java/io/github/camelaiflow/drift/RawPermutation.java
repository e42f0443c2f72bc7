package io.github.camelaiflow.drift;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A permutation test that shuffles the rows themselves and knows neither grid nor tables: what the tests of drift are held
 * against.
 */
final class RawPermutation {

    private static final int DRAWS = 499;

    private final double[] values;
    private final boolean[] fromWindow;
    private final double inReference;
    private final double inWindow;

    /** Pools two samples. */
    RawPermutation(double[] reference, double[] window) {
        int all = reference.length + window.length;
        Integer[] order = new Integer[all];
        Arrays.setAll(order, i -> i);
        double[] pooled = Arrays.copyOf(reference, all);
        System.arraycopy(window, 0, pooled, reference.length, window.length);
        Arrays.sort(order, (a, b) -> Double.compare(pooled[a], pooled[b]));
        values = new double[all];
        fromWindow = new boolean[all];
        for (int i = 0; i < all; i++) {
            values[i] = pooled[order[i]];
            fromWindow[i] = order[i] >= reference.length;
        }
        inReference = reference.length;
        inWindow = window.length;
    }

    /** The p-value of a statistic of which row is from the window, ordered by value. */
    double pValue(ToDoubleFunction<boolean[]> statistic, UniformRandomProvider random) {
        double observed = statistic.applyAsDouble(fromWindow) * (1 - 1e-10);
        boolean[] rows = fromWindow.clone();
        int reached = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = rows.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                boolean swapped = rows[i];
                rows[i] = rows[j];
                rows[j] = swapped;
            }
            reached += statistic.applyAsDouble(rows) >= observed ? 1 : 0;
        }
        return (reached + 1.0) / (DRAWS + 1.0);
    }

    double kolmogorovSmirnov(boolean[] rows) {
        double gap = 0;
        double most = 0;
        for (boolean row : rows) {
            gap += row ? -1 / inWindow : 1 / inReference;
            most = Math.max(most, Math.abs(gap));
        }
        return most;
    }

    double wasserstein(boolean[] rows) {
        double gap = 0;
        double area = 0;
        for (int i = 0; i < rows.length - 1; i++) {
            gap += rows[i] ? -1 / inWindow : 1 / inReference;
            area += Math.abs(gap) * (values[i + 1] - values[i]);
        }
        return area;
    }

    double energy(boolean[] rows) {
        double gap = 0;
        double area = 0;
        for (int i = 0; i < rows.length - 1; i++) {
            gap += rows[i] ? -1 / inWindow : 1 / inReference;
            area += gap * gap * (values[i + 1] - values[i]);
        }
        return area;
    }

    /** The Jensen–Shannon divergence over as many bins of equal width as Sturges' rule gives, numpy's default for it. */
    double jensenShannon(boolean[] rows) {
        int bins = (int) Math.ceil(Math.log(values.length) / Math.log(2) + 1);
        double low = values[0];
        double width = (values[values.length - 1] - low) / bins;
        double[] reference = new double[bins];
        double[] window = new double[bins];
        for (int i = 0; i < rows.length; i++) {
            int bin = Math.min(bins - 1, (int) ((values[i] - low) / width));
            if (rows[i]) {
                window[bin] += 1 / inWindow;
            } else {
                reference[bin] += 1 / inReference;
            }
        }
        double sum = 0;
        for (int i = 0; i < bins; i++) {
            double middle = (reference[i] + window[i]) / 2;
            sum += reference[i] == 0 ? 0 : reference[i] * Math.log(reference[i] / middle);
            sum += window[i] == 0 ? 0 : window[i] * Math.log(window[i] / middle);
        }
        return sum;
    }
}
