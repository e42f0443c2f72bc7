package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.PermutationTest;

/** What a permutation test found. */
record PermutationOutcome(PermutationTest test, double effectSize) implements FieldTest.Outcome {

    @Override
    public double statistic() {
        return test.statistic();
    }

    @Override
    public double pValue() {
        return test.pValue();
    }

    @Override
    public double threshold(double level) {
        return test.criticalValue(level);
    }
}
