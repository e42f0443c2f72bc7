package io.github.camelaiflow.drift;

/** The outcome where one side has no values: nothing was found. */
record Untestable() implements FieldTest.Outcome {

    @Override
    public double statistic() {
        return Double.NaN;
    }

    @Override
    public double pValue() {
        return 1;
    }

    @Override
    public double threshold(double level) {
        return Double.NaN;
    }

    @Override
    public double effectSize() {
        return Double.NaN;
    }
}
