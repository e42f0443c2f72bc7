package io.github.camelaiflow.validation.suggest;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How much more a share varies from one stretch of rows to the next than it would if rows did not depend on each other: L. Kish's
 * design effect ("Survey Sampling", 1965). Lines of one order or hours of one day are alike; so many rows then count as one. It
 * is 1 unless stretches differ beyond chance, and never below, so that it only ever widens a bound; where it is above 1 bounds
 * are approximate.
 *
 * @param factor so many rows count as one, at least 1
 */
record DesignEffect(double factor) {

    static final DesignEffect NONE = new DesignEffect(1);

    private static final int STRETCHES = 10;
    private static final double BY_CHANCE = 0.001;
    private static final double UNDERRATED = 0.1;

    /** Of the share of values that are as the predicate says, seen in stretches as long as a batch, but ten at least. */
    static DesignEffect of(List<?> values, int batch, Predicate<Object> event) {
        double[] events = new double[values.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = event.test(values.get(i)) ? 1 : 0;
        }
        return of(events, batch);
    }

    /** Of the mean of these numbers, in their order. */
    static DesignEffect of(double[] values, int batch) {
        int length = Math.max(1, Math.min(batch, values.length / STRETCHES));
        int stretches = values.length / length;
        if (stretches < STRETCHES) {
            return NONE;
        }
        double sum = 0;
        double squares = 0;
        double between = 0;
        int used = stretches * length;
        for (int i = 0; i < used; i++) {
            sum += values[i];
        }
        double mean = sum / used;
        for (int i = 0; i < stretches; i++) {
            double off = 0;
            for (int j = i * length; j < (i + 1) * length; j++) {
                off += values[j] - mean;
                squares += (values[j] - mean) * (values[j] - mean);
            }
            between += off * off / length;
        }
        if (squares == 0) {
            return NONE;
        }
        double ratio = between / (squares / used);
        ChiSquaredDistribution chance = ChiSquaredDistribution.of(stretches - 1.0);
        return ratio <= chance.inverseSurvivalProbability(BY_CHANCE)
                ? NONE
                : new DesignEffect(Math.max(1, ratio / chance.inverseCumulativeProbability(UNDERRATED)));
    }

    /** How many independent rows that many rows are worth, at least 1. */
    int worth(int rows) {
        return (int) Math.max(Math.min(rows, 1), Math.floor(rows / factor));
    }

    /** The same for events, rounded up. */
    int events(int events) {
        return (int) Math.ceil(events / factor);
    }

    /** Notes it where there is one. */
    void tell(Map<String, Object> how) {
        if (factor > 1) {
            how.put("design_effect", Math.round(factor * 100) / 100.0);
        }
    }
}
