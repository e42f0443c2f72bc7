package io.github.camelaiflow.drift.compatible;

import java.util.Arrays;

/** Distances between frequencies and between samples, as scipy computes them. */
final class Divergences {

    private Divergences() {}

    /** {@code scipy.spatial.distance.jensenshannon(p, q, base)}; NaN, as there, where rounding makes the divergence negative. */
    static double jensenShannon(double[] p, double[] q, double base) {
        double[] first = normalised(p);
        double[] second = normalised(q);
        double[] left = new double[p.length];
        double[] right = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            double middle = (first[i] + second[i]) / 2;
            left[i] = relativeEntropy(first[i], middle);
            right[i] = relativeEntropy(second[i], middle);
        }
        return Math.sqrt((Histograms.sum(left) + Histograms.sum(right)) / Math.log(base) / 2);
    }

    /** {@code scipy.stats.entropy(p, q)}. */
    static double kullbackLeibler(double[] p, double[] q) {
        double[] first = normalised(p);
        double[] second = normalised(q);
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += relativeEntropy(first[i], second[i]);
        }
        return sum;
    }

    static double psi(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += (p[i] - q[i]) * Math.log(p[i] / q[i]);
        }
        return sum;
    }

    /** The root of the half sum of squared differences of the roots. */
    static double hellinger(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double difference = Math.sqrt(p[i]) - Math.sqrt(q[i]);
            sum += difference * difference;
        }
        return Math.sqrt(sum) / Math.sqrt(2);
    }

    private static double[] normalised(double[] p) {
        double sum = Histograms.sum(p);
        return Arrays.stream(p).map(x -> x / sum).toArray();
    }

    private static double relativeEntropy(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    /** {@code scipy.stats.wasserstein_distance(x, y)}. */
    static double wasserstein(double[] x, double[] y) {
        return area(x, y, false);
    }

    /** {@code scipy.stats.energy_distance(x, y)}. */
    static double energy(double[] x, double[] y) {
        return Math.sqrt(2) * Math.sqrt(area(x, y, true));
    }

    /** The largest difference of the distribution functions. */
    static double kolmogorovSmirnov(double[] x, double[] y) {
        double[] first = sorted(x);
        double[] second = sorted(y);
        double most = 0;
        for (double[] values : new double[][] {first, second}) {
            for (double value : values) {
                most = Math.max(most, Math.abs(difference(first, second, value)));
            }
        }
        return most;
    }

    private static double difference(double[] x, double[] y, double at) {
        return (double) Histograms.below(x, at, true) / x.length - (double) Histograms.below(y, at, true) / y.length;
    }

    private static double area(double[] x, double[] y, boolean squared) {
        double[] first = sorted(x);
        double[] second = sorted(y);
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.sort(all);
        double area = 0;
        for (int i = 0; i < all.length - 1; i++) {
            if (all[i] != all[i + 1]) {
                double gap = difference(first, second, all[i]);
                area += (squared ? gap * gap : Math.abs(gap)) * (all[i + 1] - all[i]);
            }
        }
        return area;
    }

    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
