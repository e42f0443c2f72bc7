package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/** Whether the shares of a column's values diverge little from expected ones. */
record CategoricalDivergence(Categories expected, Divergence divergence, double holdout) implements BatchCheck {

    static BatchCheck read(Arguments arguments, Divergence divergence) {
        double holdout = Weights.holdout(arguments, "tail_weight_holdout");
        requireNoInternalHoldout(arguments);
        return new CategoricalDivergence(Categories.read(arguments, "partition_object"), divergence, holdout);
    }

    static void requireNoInternalHoldout(Arguments arguments) {
        if (Weights.holdout(arguments, "internal_weight_holdout") > 0) {
            arguments.problem("internal_weight_holdout cannot be used for discrete data; remove it");
        }
    }

    @Override
    public String requirement() {
        return divergence.requirement();
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new ValueCounts(memory, expected.keySet()), (counts, counted) -> judge(counts));
    }

    private Finding judge(ValueCounts counts) throws Unjudgeable {
        if (counts.total() == 0) {
            return Finding.observed(false, null);
        }
        Aligned aligned = Aligned.of(expected, counts, holdout);
        return divergence.finding(aligned.observed(), aligned.expected(), aligned.details(1));
    }
}
