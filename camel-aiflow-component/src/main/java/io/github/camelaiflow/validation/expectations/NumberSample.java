package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.Arrays;

/** The order statistics of a column: of all its numbers where these may be kept, else of a sketch with a certain bound. */
final class NumberSample implements Accumulator<NumberSample> {

    /** What a sketch gets in any case, where very many expectations share the memory. */
    private static final int MIN_BYTES = 1 << 12;

    private final String aggregate;
    private final QuantileSketch sketch;
    private boolean whole = true;

    /** @param aggregate what it is for, for the error about a value that is no number */
    NumberSample(Memory memory, String aggregate) {
        this.aggregate = aggregate;
        this.sketch = memory.exact()
                ? new QuantileSketch(Integer.MAX_VALUE)
                : QuantileSketch.ofBytes(Math.max(memory.bytes(), MIN_BYTES), memory.records());
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        whole &= Values.integral(value);
        sketch.add(Numeric.of(value, aggregate));
    }

    @Override
    public void merge(NumberSample later) {
        whole &= later.whole;
        sketch.merge(later.sketch);
    }

    long count() {
        return sketch.count();
    }

    boolean exact() {
        return sketch.exact();
    }

    double rankError() {
        return sketch.rankError();
    }

    /** NaN if there is no value. */
    double quantile(double share, Interpolation interpolation) {
        return sketch.quantile(share, interpolation);
    }

    /** Many quantiles at the cost of one. */
    double[] quantiles(Interpolation interpolation, double... shares) {
        return sketch.quantiles(interpolation, shares);
    }

    /** For each share no more than the true quantile. */
    double[] lowerBounds(double... shares) {
        double[] below = Arrays.stream(shares)
                .map(share -> Math.max(0, share - margin()))
                .toArray();
        return sketch.quantiles(Interpolation.LOWER, below);
    }

    /** For each share no less than the true quantile. */
    double[] upperBounds(double... shares) {
        double[] above = Arrays.stream(shares)
                .map(share -> Math.min(1, share + margin()))
                .toArray();
        return sketch.quantiles(Interpolation.HIGHER, above);
    }

    /** Two places more than the error in rank, for the different ways to count ranks and to interpolate. */
    private double margin() {
        return sketch.rankError() + 2.0 / sketch.count();
    }

    /** The number as the column's values are: whole if all are. */
    Number shown(double number) {
        return whole && number == Math.rint(number) && Math.abs(number) < 0x1p53
                ? (Number) (long) number
                : (Number) number;
    }
}
