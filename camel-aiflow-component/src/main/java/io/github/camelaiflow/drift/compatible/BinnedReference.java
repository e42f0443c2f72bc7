package io.github.camelaiflow.drift.compatible;

import java.util.Arrays;

/** NannyML's estimates for large references: its distribution function on 10,000 bins of equal width. */
final class BinnedReference {

    private final double[] edges;
    private final double[] upTo;

    BinnedReference(double[] reference, int bins) {
        double low = Arrays.stream(reference).min().orElseThrow();
        double high = Arrays.stream(reference).max().orElseThrow();
        edges = low == high
                ? Histograms.linspace(low - 0.5, high + 0.5, bins + 1)
                : Histograms.linspace(low, high, bins + 1);
        upTo = cumulative(reference);
    }

    private double[] cumulative(double[] values) {
        double[] shares = Histograms.shares(Histograms.counts(values, edges), values.length);
        Arrays.parallelPrefix(shares, Double::sum);
        return shares;
    }

    double kolmogorovSmirnov(RawColumn data) {
        double below =
                (double) Arrays.stream(data.numbers()).filter(x -> x < edges[0]).count() / data.rows();
        double[] seen = cumulative(data.numbers());
        double most = 0;
        for (int i = 0; i < seen.length; i++) {
            most = Math.max(most, Math.abs(upTo[i] - (below + seen[i])));
        }
        return most;
    }

    double wasserstein(RawColumn data) {
        double[] sorted = Divergences.sorted(data.numbers());
        double low = edges[0];
        double high = edges[edges.length - 1];
        double[] smaller = Arrays.stream(sorted).filter(x -> x < low).toArray();
        double[] bigger = Arrays.stream(sorted).filter(x -> x > high).toArray();
        double amountSmaller = smaller.length == 0 ? 0 : (smaller.length + 1.0) / sorted.length;
        double amountBigger = bigger.length == 0 ? 0 : (bigger.length + 1.0) / sorted.length;
        double[] seen = cumulative(data.numbers());
        double within = 0;
        for (int i = 0; i < seen.length; i++) {
            within += Math.abs(upTo[i] - (seen[i] + amountSmaller)) * (edges[1] - edges[0]);
        }
        return within + below(smaller, low) * amountSmaller + above(bigger, high) * amountBigger;
    }

    /** The area below the distribution function of these values and the edge after them. */
    private static double below(double[] sorted, double edge) {
        double area = 0;
        for (int i = 0; i < sorted.length; i++) {
            double next = i + 1 < sorted.length ? sorted[i + 1] : edge;
            area += (i + 1.0) / (sorted.length + 1) * (next - sorted[i]);
        }
        return area;
    }

    /** The area above the distribution function of the edge and the values after it. */
    private static double above(double[] sorted, double edge) {
        double area = 0;
        double from = edge;
        for (int i = 0; i < sorted.length; i++) {
            area += (1 - (i + 1.0) / (sorted.length + 1)) * (sorted[i] - from);
            from = sorted[i];
        }
        return area;
    }
}
