package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Moments;
import io.github.camelaiflow.validation.python.Unjudgeable;

/** Mean and standard deviation of a column: to the last bit what pandas has where all may be kept, else running moments. */
final class NumberSummary implements Accumulator<NumberSummary> {

    private final String aggregate;
    private final NumberColumn kept;
    private final Moments moments = new Moments();

    /** @param aggregate what it is for, for the error about a value that is no number */
    NumberSummary(Memory memory, String aggregate) {
        this.aggregate = aggregate;
        this.kept = memory.exact() ? new NumberColumn() : null;
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        double number = Numeric.of(value, aggregate);
        if (kept == null) {
            moments.add(number);
        } else {
            kept.add(number);
        }
    }

    @Override
    public void merge(NumberSummary later) {
        if (kept == null) {
            moments.merge(later.moments);
        } else {
            kept.addAll(later.kept);
        }
    }

    /** NaN if there is no value. */
    double mean() {
        return kept == null ? moments.mean() : kept.mean();
    }

    /** The sample standard deviation; NaN for fewer than two values. */
    double deviation() {
        return kept == null ? moments.standardDeviation(1) : kept.deviation();
    }
}
