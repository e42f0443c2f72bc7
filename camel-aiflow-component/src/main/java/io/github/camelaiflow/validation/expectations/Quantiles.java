package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether quantiles of a column lie in ranges, one each. As pandas does it for GX, a quantile is the value nearest to its
 * position unless {@code allow_relative_error} names another of pandas' interpolations.
 */
record Quantiles(List<Double> shares, List<Range> ranges, Interpolation interpolation, String requirement)
        implements BatchCheck {

    private static final String NAME = "quantile";
    private static final List<String> INTERPOLATIONS = List.of("linear", "lower", "higher", "midpoint", "nearest");

    /** GX's median: half way between the two in the middle, if there are two. */
    static BatchCheck median(Arguments arguments) {
        Range range = Range.numbers(arguments);
        return new AggregateBetween<>(
                range, range.of("median"), 1, memory -> new NumberSample(memory, "median"), Quantiles::median);
    }

    private static Estimate median(NumberSample sample) {
        double median = sample.quantile(0.5, Interpolation.MIDPOINT);
        return sample.exact()
                ? Estimate.exact(median)
                : Estimate.between("median", median, sample.lowerBounds(0.5)[0], sample.upperBounds(0.5)[0], 1);
    }

    static BatchCheck read(Arguments arguments) {
        Interpolation interpolation = interpolation(arguments);
        List<Double> shares = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        if (arguments.value("quantile_ranges") instanceof Map<?, ?> given
                && given.get("quantiles") instanceof List<?> quantiles
                && given.get("value_ranges") instanceof List<?> bounds) {
            if (quantiles.size() != bounds.size()) {
                arguments.problem("quantile_ranges must have as many value_ranges as quantiles");
            }
            quantiles.forEach(quantile -> shares.add(share(arguments, quantile)));
            bounds.forEach(pair -> ranges.add(range(arguments, pair)));
        } else {
            arguments.problem("quantile_ranges must be given, with the lists quantiles and value_ranges");
        }
        return new Quantiles(shares, ranges, interpolation, "must have its quantiles in their ranges");
    }

    private static Interpolation interpolation(Arguments arguments) {
        Object given = arguments.value("allow_relative_error");
        if (given instanceof String name && INTERPOLATIONS.contains(name)) {
            return Interpolation.valueOf(name.toUpperCase(Locale.ROOT));
        }
        if (given != null && !(given instanceof Boolean)) {
            arguments.problem(
                    "allow_relative_error must be true, false or one of " + String.join(", ", INTERPOLATIONS));
        }
        return Interpolation.NEAREST;
    }

    private static double share(Arguments arguments, Object quantile) {
        if (quantile instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        arguments.problem("quantiles must be numbers from 0 to 1");
        return 0;
    }

    private static Range range(Arguments arguments, Object pair) {
        if (pair instanceof List<?> bounds && bounds.size() == 2 && bound(bounds.get(0)) && bound(bounds.get(1))) {
            Object min = bounds.get(0);
            Object max = bounds.get(1);
            if (min != null && max != null && Values.compare((Number) min, (Number) max) > 0) {
                arguments.problem("value_ranges must have the lesser bound first; swap them");
            }
            return new Range(min, max, false, false);
        }
        arguments.problem("value_ranges must be pairs of numbers, null for no bound");
        return new Range(null, null, false, false);
    }

    private static boolean bound(Object value) {
        return value == null || (value instanceof Number && !Values.missing(value));
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new NumberSample(memory, NAME), (sample, counted) -> judge(sample));
    }

    private Finding judge(NumberSample sample) throws Unjudgeable {
        double[] asked = shares.stream().mapToDouble(Double::doubleValue).toArray();
        double[] found = sample.quantiles(interpolation, asked);
        double[] lower = sample.exact() ? found : sample.lowerBounds(asked);
        double[] upper = sample.exact() ? found : sample.upperBounds(asked);
        List<Object> values = new ArrayList<>();
        List<Boolean> successes = new ArrayList<>();
        boolean success = sample.count() > 0;
        boolean decided = true;
        // One quantile that surely is outside decides the whole
        boolean failed = false;
        for (int i = 0; i < found.length; i++) {
            boolean known = !Double.isNaN(found[i]);
            boolean inside = known && ranges.get(i).holds(found[i]);
            boolean sure = sample.exact() || ranges.get(i).decides(lower[i], upper[i]);
            values.add(known ? sample.shown(found[i]) : null);
            successes.add(inside);
            success &= inside;
            decided &= sure;
            failed |= sure && !inside;
        }
        Map<String, Object> observed = new LinkedHashMap<>();
        observed.put("quantiles", shares);
        observed.put("values", values);
        Finding finding = Finding.observed(success, observed, Map.of("success_details", successes));
        double error = sample.rankError();
        return sample.exact()
                ? finding
                : finding.within(new Approximation("quantile_rank", -error, error, 1, decided || failed));
    }
}
