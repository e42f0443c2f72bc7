package io.github.camelaiflow.statistics.change;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/** Keeps the first values themselves, as the reference of a conformal detector. */
final class SampleLearner implements BaselineLearner {

    private final double[] values;
    private final DoubleConsumer check;
    private final Function<double[], StreamDetector> detector;
    private int used;

    SampleLearner(int size, DoubleConsumer check, Function<double[], StreamDetector> detector) {
        this.values = new double[size];
        this.check = check;
        this.detector = detector;
    }

    @Override
    public void check(double value) {
        check.accept(value);
    }

    @Override
    public void add(double value) {
        values[used++] = value;
    }

    @Override
    public StreamDetector detector() {
        return detector.apply(Arrays.copyOf(values, used));
    }

    @Override
    public void clear() {
        used = 0;
    }

    @Override
    public void write(StateWriter to) {
        to.add(Arrays.copyOf(values, used));
    }

    @Override
    public void read(StateReader from, int count) {
        used = count;
        for (int i = 0; i < count; i++) {
            values[i] = from.number(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }
}
