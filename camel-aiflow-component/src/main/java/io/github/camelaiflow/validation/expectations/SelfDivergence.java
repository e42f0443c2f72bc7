package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A column's divergence from its own distribution, which GX observes where no {@code partition_object} is given: its details
 * describe the column. Numbers are put into bins as numpy's {@code auto} makes them, unless {@code bucketize_data} is false.
 */
record SelfDivergence(Divergence divergence, boolean bucketize, double internalHoldout) implements BatchCheck {

    private static final double NO_SPREAD = 1e-10;
    private static final int MAX_BINS = 10_000;

    static BatchCheck read(Arguments arguments, Divergence divergence, boolean bucketize) {
        double internalHoldout = Weights.holdout(arguments, "internal_weight_holdout");
        if (Weights.holdout(arguments, "tail_weight_holdout") > 0 && bucketize) {
            arguments.problem("tail_weight_holdout must be 0 where no partition_object is given");
        }
        if (!bucketize) {
            CategoricalDivergence.requireNoInternalHoldout(arguments);
        }
        return new SelfDivergence(divergence, bucketize, internalHoldout);
    }

    @Override
    public String requirement() {
        return divergence.requirement();
    }

    @Override
    public String notInWindows() {
        return "without a partition_object it describes all values of a batch at once; give a partition_object";
    }

    @Override
    public BatchState newState(Memory memory) {
        return bucketize
                ? new Accumulating<>(
                        new Numbers("distribution over bins"), (numbers, counted) -> bins(numbers.column()))
                : new Accumulating<>(new ValueCounts(memory, Set.of()), (counts, counted) -> values(counts));
    }

    private Finding values(ValueCounts counts) {
        if (counts.total() == 0) {
            return Finding.observed(false, null);
        }
        List<Object> values = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (ValueCounts.Count count : counts.others(Set.of())) {
            values.add(count.value());
            shares.add(count.times() / (double) counts.total());
        }
        return divergence.finding(shares, shares, new Aligned(values, shares, shares).details(1));
    }

    private Finding bins(NumberColumn column) throws Unjudgeable {
        if (column.size() == 0) {
            return Finding.observed(false, null);
        }
        double[] edges = edges(column);
        BinCounts counts = new BinCounts(edges);
        for (double number : column.values()) {
            counts.add(number);
        }
        List<Double> all = new ArrayList<>();
        for (double edge : edges) {
            all.add(edge);
        }
        Bins own = new Bins(all, counts.shares(), List.of(0.0, 0.0));
        return new HistogramDivergence(own, divergence, 0, internalHoldout).judge(counts);
    }

    /** As many bins as the greater of Sturges' and of Freedman's and Diaconis' rule. */
    private static double[] edges(NumberColumn column) throws Unjudgeable {
        QuantileSketch sketch = new QuantileSketch(Math.max(column.size(), QuantileSketch.MIN_CAPACITY));
        for (double number : column.values()) {
            sketch.add(number);
        }
        double[] marks = sketch.quantiles(Interpolation.NEAREST, 0, 0.25, 0.75, 1);
        double range = marks[3] - marks[0];
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new Unjudgeable("bins need different, finite numbers; give a partition_object");
        }
        double bins = Math.ceil(Math.log(column.size() + 1) / Math.log(2));
        double spread = marks[2] - marks[1];
        if (spread >= NO_SPREAD) {
            bins = Math.max(bins, Math.ceil(range / (2 * spread / Math.cbrt(column.size()))));
        }
        if (bins > MAX_BINS) {
            throw new Unjudgeable("the numbers spread too far for bins of one width; give a partition_object");
        }
        double[] edges = new double[(int) bins + 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = marks[0] + range / bins * i;
        }
        edges[edges.length - 1] = marks[3];
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i - 1] < edges[i])) {
                throw new Unjudgeable("the numbers lie too close for bins; give a partition_object");
            }
        }
        return edges;
    }
}
