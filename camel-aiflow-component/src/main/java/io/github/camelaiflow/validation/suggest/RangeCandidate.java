package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.python.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * That most values, or lengths of texts, lie between two values of the ordered sample. How many of a batch lie outside has one
 * and the same distribution whatever the values' own is.
 *
 * @param measure what is ordered: the number itself, or a text's length; {@code null} for a value it cannot measure
 */
record RangeCandidate(SampleColumn source, String type, Function<Object, Number> measure) implements Candidate {

    /** One of so many values is cut off at each end, at least one value. */
    private static final int CUT_ONE_IN = 200;

    @Override
    public String column() {
        return source.name();
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        List<Number> values = Numbers.ordered(source.measuredValues(), measure);
        if (values == null || Numbers.ordered(source.exploredValues(), measure) == null) {
            leftOut.accept(new LeftOut(column(), type, "the column holds values of kinds it cannot judge", null));
            return null;
        }
        int size = values.size();
        int cut = Math.max(1, size / CUT_ONE_IN);
        int present = measurement.presentAtLeast(List.of(source));
        boolean enough = size >= 2 * cut;
        Number least = enough ? values.get(cut - 1) : null;
        Number most = enough ? values.get(size - cut) : null;
        DesignEffect effect = enough
                ? DesignEffect.of(
                        source.measuredValues(),
                        measurement.batch(),
                        value -> outside(measure.apply(value), least, most))
                : DesignEffect.NONE;
        double share = enough ? Forecast.gapShareAtMost(2 * cut, size, present, measurement.batch(), alpha, effect) : 1;
        double mostly = Mostly.of(share);
        if (mostly < Mostly.LEAST) {
            leftOut.accept(new LeftOut(
                    column(),
                    type,
                    "too few values to promise that at least half of a batch lies between two of them",
                    rowsNeeded(measurement, alpha, size)));
            return null;
        }
        if (!Double.isFinite(least.doubleValue()) || !Double.isFinite(most.doubleValue())) {
            leftOut.accept(new LeftOut(column(), type, "the column holds infinite values", null));
            return null;
        }
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column", column());
        kwargs.put("min_value", least);
        kwargs.put("max_value", most);
        Map<String, Object> how = measurement.how(
                "values " + cut
                        + " from either end of the ordered sample; mostly by the exact prediction bound of the values"
                        + " of a batch beyond them, whatever their distribution",
                size,
                alpha);
        effect.tell(how);
        return new Suggestion(type, Mostly.with(kwargs, mostly), false, true, how);
    }

    private static boolean outside(Number number, Number least, Number most) {
        return Values.compare(number, least) < 0 || Values.compare(number, most) > 0;
    }

    private Long rowsNeeded(Measurement measurement, double alpha, int values) {
        int batch = measurement.batch();
        for (int size = 4; size < 1 << 24; size += Math.max(1, size / 4)) {
            double most = Forecast.inGapsAtMost(2 * Math.max(1, size / CUT_ONE_IN), size, batch, alpha);
            if (Mostly.of(most / batch) >= Mostly.LEAST) {
                return (long) Math.ceil(size / 0.75 * source.rows(false) / Math.max(1, values));
            }
        }
        return null;
    }

    /** The length of a text in code points; {@code null} for another value. */
    static Number length(Object value) {
        return value instanceof String text ? (Number) text.codePointCount(0, text.length()) : null;
    }
}
