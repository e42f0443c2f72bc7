package io.github.camelaiflow.validation.suggest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * That a statistic of a batch lies in an interval. Where the sample makes enough batches of its own, between two of theirs: exact
 * whatever the distribution. Else, for the mean of numbers whose tails are light, by Student's t distribution, at half the
 * alpha, because light tails are no normal distribution.
 */
record StatisticCandidate(SampleColumn source, Statistic statistic) implements Candidate {

    private static final int T_VALUES = 100;
    private static final double T_SKEWNESS = 1;
    private static final double T_KURTOSIS = 5;
    private static final double ROUNDING = 1e-9;

    @Override
    public String column() {
        return source.name();
    }

    @Override
    public String type() {
        return statistic.type();
    }

    @Override
    public boolean promised(Measurement measurement, double alpha) {
        return cut(measurement, alpha) > 0 || byT(measurement);
    }

    private boolean byT(Measurement measurement) {
        return statistic == Statistic.MEAN && measurement.batch() >= T_VALUES && source.rows(false) >= T_VALUES;
    }

    /** How many batches of the sample may lie outside at each end. */
    private int cut(Measurement measurement, double alpha) {
        return (int) Math.floor(alpha * (source.rows(false) / measurement.batch() + 1) / 2);
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        int cut = cut(measurement, alpha);
        double[] statistics = cut > 0 ? ofBatches(measurement.batch()) : new double[0];
        if (cut > 0 && Arrays.stream(statistics).allMatch(Double::isFinite)) {
            Arrays.sort(statistics);
            String method = "the sample cut into " + statistics.length + " batches; the interval leaves out " + cut
                    + " of them at each end, exact whatever the distribution";
            return suggestion(
                    statistics[cut - 1],
                    statistics[statistics.length - cut],
                    measurement.how(method, source.measuredValues().size(), alpha));
        }
        Suggestion mean = byT(measurement) ? mean(measurement, alpha) : null;
        if (mean == null) {
            long rows = (long) Math.ceil((2 / alpha - 1) * measurement.batch() / 0.75);
            leftOut.accept(new LeftOut(
                    column(),
                    type(),
                    "the distribution has no shape known to bound it, and the sample makes too few batches to do without",
                    rows));
        }
        return mean;
    }

    private double[] ofBatches(int batch) {
        double[] statistics = new double[source.rows(false) / batch];
        List<Object> values = new ArrayList<>();
        int rows = 0;
        int filled = 0;
        for (int i = 0; i < source.values().length && filled < statistics.length; i++) {
            if (!source.explored()[i]) {
                if (source.values()[i] != null) {
                    values.add(source.values()[i]);
                }
                if (++rows % batch == 0) {
                    statistics[filled++] = statistic.of(values);
                    values.clear();
                }
            }
        }
        return statistics;
    }

    private Suggestion mean(Measurement measurement, double alpha) {
        Moment moment = Moment.of(source.measuredValues());
        double[] numbers = source.measuredValues().stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
        DesignEffect effect = DesignEffect.of(numbers, measurement.batch());
        int size = effect.worth(moment.size());
        int present = effect.worth(measurement.presentAtLeast(List.of(source)));
        boolean light = Math.abs(moment.skewness()) <= T_SKEWNESS && moment.kurtosis() <= T_KURTOSIS;
        if (!light || size < T_VALUES || present < T_VALUES) {
            return null;
        }
        double t = TDistribution.of(size - 1).inverseSurvivalProbability(alpha / 4);
        double off = t * moment.deviation() * Math.sqrt(1.0 / size + 1.0 / present);
        String method =
                "prediction interval by Student's t at half the chance, because skewness and kurtosis are small";
        Map<String, Object> how = measurement.how(method, moment.size(), alpha);
        effect.tell(how);
        return suggestion(moment.mean() - off, moment.mean() + off, how);
    }

    private Suggestion suggestion(double least, double most, Map<String, Object> how) {
        double rounding = ROUNDING * Math.max(Math.abs(least), Math.abs(most));
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column", column());
        kwargs.put("min_value", least - rounding);
        kwargs.put("max_value", most + rounding);
        return new Suggestion(type(), kwargs, false, true, how);
    }
}
