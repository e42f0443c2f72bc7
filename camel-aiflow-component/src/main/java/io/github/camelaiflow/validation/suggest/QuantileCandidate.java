package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * That quantiles of a batch lie between values of the ordered sample. Exact whatever the distribution, for any usual
 * interpolation of quantiles.
 */
record QuantileCandidate(SampleColumn source) implements Candidate {

    static final String TYPE = "expect_column_quantile_values_to_be_between";

    private static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    @Override
    public String column() {
        return source.name();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        List<Number> values = Numbers.ordered(source.measuredValues(), Numbers::number);
        if (values == null || values.isEmpty() || Numbers.ordered(source.exploredValues(), Numbers::number) == null) {
            leftOut.accept(new LeftOut(column(), TYPE, "the column holds values of kinds it cannot judge", null));
            return null;
        }
        DesignEffect effect = effect(values, measurement.batch());
        int[][] sizes = Forecast.steps(
                effect.worth(measurement.presentAtLeast(List.of(source))), effect.worth(measurement.batch()));
        List<Double> quantiles = new ArrayList<>();
        List<List<Number>> ranges = new ArrayList<>();
        double tail = alpha / (2 * QUANTILES.size());
        for (double quantile : QUANTILES) {
            Number least = atLeast(values, quantile, sizes, tail, effect);
            Number most = atMost(values, quantile, sizes, tail, effect);
            if (least != null || most != null) {
                quantiles.add(quantile);
                ranges.add(Arrays.asList(least, most));
            }
        }
        boolean both = ranges.stream().anyMatch(range -> !range.contains(null));
        if (!both) {
            leftOut.accept(
                    new LeftOut(column(), TYPE, "too few values to bound the median of a batch of this size", null));
            return null;
        }
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column", column());
        Map<String, Object> quantileRanges = new LinkedHashMap<>();
        quantileRanges.put("quantiles", quantiles);
        quantileRanges.put("value_ranges", ranges);
        kwargs.put("quantile_ranges", quantileRanges);
        Map<String, Object> how = measurement.how(
                "values of the ordered sample between which the quantiles of a batch lie, whatever the distribution",
                values.size(),
                alpha);
        effect.tell(how);
        return new Suggestion(TYPE, kwargs, false, true, how);
    }

    /** {@code null} if the sample has no value high enough. */
    private static Number atMost(
            List<Number> values, double quantile, int[][] sizes, double alpha, DesignEffect effect) {
        int worth = effect.worth(values.size());
        int rank = 0;
        for (int[] size : sizes) {
            rank = Math.max(rank, rank(worth, quantile, size, alpha));
        }
        return rank > worth ? null : finite(values.get(scaled(rank, worth, values.size()) - 1));
    }

    /** The same seen from the other end. */
    private static Number atLeast(
            List<Number> values, double quantile, int[][] sizes, double alpha, DesignEffect effect) {
        int worth = effect.worth(values.size());
        int rank = 0;
        for (int[] size : sizes) {
            rank = Math.max(rank, rank(worth, 1 - quantile, size, alpha));
        }
        return rank > worth ? null : finite(values.get(values.size() - scaled(rank, worth, values.size())));
    }

    /** A rank of fewer independent values as one of all. */
    private static int scaled(int rank, int worth, int size) {
        return (int) Math.min(size, Math.ceil(rank * (size / (double) worth)));
    }

    /** The largest of those of the quantiles. */
    private DesignEffect effect(List<Number> ordered, int batch) {
        DesignEffect largest = DesignEffect.NONE;
        for (double quantile : QUANTILES) {
            Number limit = ordered.get((int) Math.min(ordered.size() - 1.0, quantile * ordered.size()));
            DesignEffect effect =
                    DesignEffect.of(source.measuredValues(), batch, value -> Values.compare((Number) value, limit) < 0);
            largest = effect.factor() > largest.factor() ? effect : largest;
        }
        return largest;
    }

    /** Holds for every size of the step: the rank grows with the size, a value of one rank falls with it. */
    private static int rank(int sample, double quantile, int[] size, double alpha) {
        int ofBatch = (int) Math.min(size[1], Math.ceil((size[1] - 1) * quantile) + 1);
        return Forecast.rankAbove(ofBatch, sample, ofBatch > size[0] ? size[1] : size[0], alpha);
    }

    private static Number finite(Number number) {
        return Double.isFinite(number.doubleValue()) ? number : null;
    }
}
