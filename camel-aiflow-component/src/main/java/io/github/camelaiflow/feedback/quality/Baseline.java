package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.HoeffdingLimit;
import io.github.camelaiflow.statistics.WeightedMean;
import java.util.Arrays;
import java.util.List;

/**
 * The mean loss when all was well, in the unit of the losses, from 0 to 1. Immutable.
 *
 * @param loss the mean; NaN if it is still to be learnt
 * @param count how many losses it is the mean of; 0 if it is given as a number and taken to be exact, or not known yet
 * @param losses those losses, if they are known one by one
 * @param first how many of a version's first matured labels say it; 0 if it is known already
 */
public record Baseline(double loss, long count, List<Double> losses, long first) {

    /** @throws IllegalArgumentException if the loss is not from 0 to 1, or there is none */
    public Baseline {
        losses = List.copyOf(losses);
        if (first < 0 || count < 0 || !(first > 0 ? Double.isNaN(loss) : loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("a baseline needs a loss from 0 to 1, or a number of first labels");
        }
    }

    /**
     * A known loss, without any uncertainty.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public static Baseline of(double loss) {
        return new Baseline(loss, 0, List.of(), 0);
    }

    /**
     * Losses of independent reference records of which count and sum are known; the limit is Hoeffding's.
     *
     * @param sum of the losses, each from 0 to 1
     * @throws IllegalArgumentException if there are none, or no such sum is possible
     */
    public static Baseline of(long count, double sum) {
        if (count < 1) {
            throw new IllegalArgumentException("a baseline must have losses, were " + count);
        }
        return new Baseline(sum / count, count, List.of(), 0);
    }

    /**
     * Losses of reference records; the limit is that of a betting confidence sequence.
     *
     * @param losses each from 0 to 1; not empty
     * @throws IllegalArgumentException if one is not
     */
    public static Baseline of(double[] losses) {
        return new Baseline(
                mean(Arrays.stream(losses).boxed().toList()).mean(),
                losses.length,
                Arrays.stream(losses).boxed().toList(),
                0);
    }

    /**
     * The first matured labels of each version: it is taken to be good at its beginning. Their limit is that of a betting confidence sequence.
     *
     * @throws IllegalArgumentException if labels is not above 0
     */
    public static Baseline first(long labels) {
        if (labels < 1) {
            throw new IllegalArgumentException("a baseline must have labels, were " + labels);
        }
        return new Baseline(Double.NaN, 0, List.of(), labels);
    }

    private static WeightedMean mean(List<Double> losses) {
        WeightedMean mean = WeightedMean.ofValues(1);
        losses.forEach(loss -> mean.add(loss, 1));
        return mean;
    }

    /** Whether a limit of it has a chance to be wrong. */
    boolean uncertain() {
        return first > 0 || count > 0;
    }

    /** The loss is at most this, but for a chance of alpha; NaN if it is still to be learnt. */
    double upper(double alpha) {
        if (count == 0) {
            return loss;
        }
        return losses.isEmpty()
                ? HoeffdingLimit.upper(count, loss * count, alpha)
                : mean(losses).upperLimit(alpha);
    }
}
