package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many numbers lie in each bin, with its left edge and without its right one, the last with both. Exact in bounded memory. */
final class BinCounts implements Accumulator<BinCounts> {

    private final double[] edges;
    private final long[] bins;
    private long below;
    private long above;
    private long total;

    BinCounts(double[] edges) {
        this.edges = edges;
        this.bins = new long[edges.length - 1];
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        add(Numeric.of(value, "distribution over bins"));
    }

    void add(double number) {
        total++;
        if (number < edges[0]) {
            below++;
        } else if (number > edges[bins.length]) {
            above++;
        } else {
            // Adding 0 makes -0 a 0, which the search would tell apart
            int found = Arrays.binarySearch(edges, number + 0.0);
            int bin = found >= 0 ? found : -found - 2;
            bins[Math.min(bin, bins.length - 1)]++;
        }
    }

    @Override
    public void merge(BinCounts later) {
        for (int i = 0; i < bins.length; i++) {
            bins[i] += later.bins[i];
        }
        below += later.below;
        above += later.above;
        total += later.total;
    }

    long total() {
        return total;
    }

    /** The share of numbers below the first edge. */
    double below() {
        return (double) below / total;
    }

    /** The share of numbers above the last edge. */
    double above() {
        return (double) above / total;
    }

    /** The share of numbers in each bin. */
    List<Double> shares() {
        List<Double> shares = new ArrayList<>(bins.length);
        for (long bin : bins) {
            shares.add((double) bin / total);
        }
        return shares;
    }
}
