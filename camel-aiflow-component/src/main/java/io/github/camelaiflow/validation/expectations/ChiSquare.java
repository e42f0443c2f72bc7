package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Whether Pearson's chi-squared test finds a column's values distributed as expected: its p value must be above a limit. */
record ChiSquare(Categories expected, double p, double holdout) implements BatchCheck {

    private static final double DEFAULT_P = 0.05;

    static BatchCheck read(Arguments arguments) {
        double p = Weights.share(arguments, "p", DEFAULT_P);
        double holdout = Weights.holdout(arguments, "tail_weight_holdout");
        return new ChiSquare(Categories.read(arguments, "partition_object"), p, holdout);
    }

    @Override
    public String requirement() {
        return "must be distributed as expected, with a p value of the chi-squared test above " + p;
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
        double probability = probability(aligned, counts.total());
        return Finding.observed(
                probability > p,
                Double.isNaN(probability) ? null : (Object) probability,
                aligned.details(counts.total()));
    }

    /** Of a statistic at least as great where the expectation holds; NaN where nothing was expected and nothing came. */
    private static double probability(Aligned aligned, long total) {
        double statistic = 0;
        for (int i = 0; i < aligned.values().size(); i++) {
            double difference = aligned.observed().get(i) - aligned.expected().get(i);
            statistic += total * difference * difference / aligned.expected().get(i);
        }
        int freedom = aligned.values().size() - 1;
        return freedom == 0 || Double.isNaN(statistic)
                ? Double.NaN
                : ChiSquaredDistribution.of(freedom).survivalProbability(statistic);
    }
}
