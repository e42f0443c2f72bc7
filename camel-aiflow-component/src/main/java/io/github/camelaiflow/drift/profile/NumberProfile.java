package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.ExactMoments;
import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import java.util.Arrays;

/**
 * The finite numbers of a column: exact count, mean, variance and extremes, and quantiles with a certain error. Immutable from
 * outside, thread-safe.
 */
public final class NumberProfile extends ColumnProfile {

    /** As many values as a sample is worth at most: more would cost the tests time and bring no power. */
    static final int MOST_VALUES = 20_000;

    private final QuantileSketch sketch;
    private final ExactMoments moments;

    NumberProfile(FieldKind kind, int capacity) {
        this(kind, new QuantileSketch(capacity), new ExactMoments());
    }

    NumberProfile(FieldKind kind, QuantileSketch sketch, ExactMoments moments) {
        super(kind);
        this.sketch = sketch;
        this.moments = moments;
    }

    @Override
    void add(Object value) {
        if (value instanceof Number number) {
            double x = number.doubleValue();
            if (Double.isFinite(x)) {
                sketch.add(x);
                moments.add(x);
            } else if (!Double.isNaN(x)) {
                addInfinite();
            }
        } else if (value != null && !"".equals(value)) {
            addWrongType();
        }
    }

    @Override
    NumberProfile empty(int otherCapacity) {
        return new NumberProfile(kind(), otherCapacity);
    }

    @Override
    void mergeValues(ColumnProfile other) {
        NumberProfile numbers = (NumberProfile) other;
        sketch.merge(numbers.sketch);
        moments.merge(numbers.moments);
    }

    @Override
    public long values() {
        return moments.count();
    }

    /** Count, mean, variance and extremes, exact; a copy. */
    public ExactMoments moments() {
        return moments.copy();
    }

    /** Quantiles and ranks; a copy. */
    public QuantileSketch quantiles() {
        return sketch.copy();
    }

    /** By how much the rank of a quantile may be off, as a share of the values, certainly. */
    public double rankError() {
        return sketch.rankError();
    }

    /** The values where the sketch has them all, else as many mid-quantiles as they are worth: {@link #worth}. */
    @Override
    NumberSample sample(Presence presence, double scale) {
        QuantileSketch values = quantiles();
        int size = worth();
        double[] shares = new double[size];
        Arrays.setAll(shares, i -> (i + 0.5) / size);
        double[] sorted = values.quantiles(Interpolation.NEAREST_RANK, shares);
        boolean all = values.exact() && size == values.count();
        // A step function of so many steps is at most half a step from the ranks it stands for.
        return new NumberSample(sorted, presence.counts(scale), all ? 0 : values.rankError() + 0.5 / size);
    }

    /**
     * How many values drawn at random the sketch is worth: all, while it is exact; else the n with 1/n = 1/count + 4 error². The
     * standard error of the median's rank among n random values, 1/(2 √n), is then that of all values and the sketch's whole certain
     * error together, each squared: a test that takes the quantiles for n random values expects the reference to be noisier than
     * it is, and so finds drift too seldom rather than too often. That is a rule, held by simulation; who needs a proof for
     * Kolmogorov–Smirnov takes {@link NumberSample#rankError} from the statistic.
     */
    private int worth() {
        double error = sketch.rankError();
        double worth = error == 0 ? sketch.count() : 1 / (1.0 / sketch.count() + 4 * error * error);
        return (int) Math.min(worth, MOST_VALUES);
    }
}
