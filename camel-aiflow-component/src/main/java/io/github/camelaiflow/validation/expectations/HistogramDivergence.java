package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the shares of a column's numbers in bins diverge little from expected ones. What {@code internal_weight_holdout} holds
 * back goes to bins that expect nothing, what {@code tail_weight_holdout} does to both sides of the bins.
 */
record HistogramDivergence(Bins bins, Divergence divergence, double tailHoldout, double internalHoldout)
        implements BatchCheck {

    static BatchCheck read(Arguments arguments, Divergence divergence) {
        double tailHoldout = Weights.holdout(arguments, "tail_weight_holdout");
        double internalHoldout = Weights.holdout(arguments, "internal_weight_holdout");
        if (tailHoldout + internalHoldout > 1) {
            arguments.problem("tail_weight_holdout and internal_weight_holdout must add up to at most 1");
        }
        Bins bins = Bins.read(arguments, "partition_object");
        if (bins != null && tailHoldout > 0 && (bins.tails() != null || (bins.openBelow() && bins.openAbove()))) {
            arguments.problem("tail_weight_holdout must be 0 where partition_object has tail_weights or infinite bins");
        }
        return new HistogramDivergence(bins, divergence, tailHoldout, internalHoldout);
    }

    @Override
    public String requirement() {
        return divergence.requirement();
    }

    @Override
    public int share() {
        return 0;
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new BinCounts(bins.edgeArray()), (counts, counted) -> judge(counts));
    }

    /** The verdict on numbers that were counted in these bins. */
    Finding judge(BinCounts counts) {
        if (counts.total() == 0) {
            return Finding.observed(false, null);
        }
        List<Double> observed = new ArrayList<>(counts.shares());
        List<Double> expected = expected();
        addTails(observed, counts.below(), counts.above());
        if (bins.tails() == null) {
            double tail = bins.openBelow() || bins.openAbove() ? tailHoldout : tailHoldout / 2;
            addTails(expected, tail, tail);
        } else {
            addTails(expected, bins.tails().get(0), bins.tails().get(1));
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("observed_partition", partition(observed));
        details.put("expected_partition", partition(expected));
        return divergence.finding(observed, expected, details);
    }

    private List<Double> expected() {
        double scale = 1 - tailHoldout - internalHoldout;
        long zeros =
                bins.weights().stream().filter(weight -> weight * scale == 0).count();
        List<Double> expected = new ArrayList<>();
        for (double weight : bins.weights()) {
            expected.add(weight * scale == 0 && internalHoldout > 0 ? internalHoldout / zeros : weight * scale);
        }
        return expected;
    }

    /** What lies outside of bins that end; an infinite bin is the tail itself. */
    private void addTails(List<Double> shares, double below, double above) {
        if (!bins.openBelow()) {
            shares.add(0, below);
        }
        if (!bins.openAbove()) {
            shares.add(above);
        }
    }

    private Map<String, Object> partition(List<Double> shares) {
        int last = shares.size() - 1;
        int edges = bins.edges().size();
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("bins", bins.edges().subList(bins.openBelow() ? 1 : 0, bins.openAbove() ? edges - 1 : edges));
        partition.put("weights", List.copyOf(shares.subList(Math.min(1, last), last)));
        partition.put("tail_weights", List.of(shares.get(0), shares.get(last)));
        return partition;
    }
}
