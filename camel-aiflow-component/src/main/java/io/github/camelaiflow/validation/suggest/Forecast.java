package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.statistics.Binomial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * What a batch to come will show, said from a sample of the same distribution whatever that is: the two together are in random
 * order, so that all below is a matter of drawing without replacement: {@link Binomial#lowerPrediction} for counts; for order
 * statistics M. A. Fligner and D. A. Wolfe, "Some applications of sample analogues to the probability integral
 * transformation", The American Statistician 30, 1976.
 */
final class Forecast {

    /** A range of batch sizes is covered by so many steps. */
    private static final int STEPS = 16;

    private Forecast() {}

    /**
     * Events in a batch of {@code batch}, at most: more come with a chance of at most {@code alpha}.
     *
     * @param events in the sample
     * @param sample its size
     */
    static int eventsAtMost(int events, int sample, int batch, double alpha) {
        return batch - Binomial.lowerPrediction(sample - events, sample, batch, 1 - alpha);
    }

    /**
     * Values of a batch that lie in {@code blocks} of the sample's {@code sample + 1} gaps between its ordered values, at most:
     * more do with a chance of at most {@code alpha}.
     */
    static int inGapsAtMost(int blocks, int sample, int batch, double alpha) {
        return search(batch, most -> most == batch ? 0 : inGapsAtLeast(most + 1, blocks, sample, batch), alpha);
    }

    private static double inGapsAtLeast(int count, int blocks, int sample, int batch) {
        return HypergeometricDistribution.of(sample + batch, batch, count + blocks - 1)
                .survivalProbability(count - 1);
    }

    /**
     * The rank in the ordered sample of a value that the batch's value of rank {@code rank} exceeds with a chance of at most
     * {@code alpha}; above {@code sample} if no value of the sample is that high.
     */
    static int rankAbove(int rank, int sample, int batch, double alpha) {
        return 1
                + search(
                        sample,
                        below -> below == sample ? 0 : 1 - inGapsAtLeast(rank, below + 1, sample, batch),
                        alpha);
    }

    /** The smallest number up to the limit at which a falling chance is at most alpha. */
    private static int search(int limit, IntToDoubleFunction chance, double alpha) {
        int low = 0;
        int high = limit;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chance.applyAsDouble(middle) <= alpha) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The share of events in a batch of a size from {@code least} to {@code most}, at most. */
    static double eventShareAtMost(int events, int sample, int least, int most, double alpha, DesignEffect effect) {
        int seen = Math.min(effect.events(events), effect.worth(sample));
        return shareAtMost(least, most, effect, batch -> eventsAtMost(seen, effect.worth(sample), batch, alpha));
    }

    /** The share of values in these gaps in a batch of a size from {@code least} to {@code most}, at most. */
    static double gapShareAtMost(int gaps, int sample, int least, int most, double alpha, DesignEffect effect) {
        int worth = effect.worth(sample);
        int blocks = Math.min(worth + 1, Math.max(1, effect.events(gaps)));
        return shareAtMost(least, most, effect, batch -> inGapsAtMost(blocks, worth, batch, alpha));
    }

    /** The number grows with the batch; its largest share is looked for in steps. */
    private static double shareAtMost(int least, int most, DesignEffect effect, IntUnaryOperator number) {
        double share = 0;
        for (int[] step : steps(effect.worth(Math.max(1, least)), effect.worth(most))) {
            share = Math.max(share, number.applyAsInt(step[1]) / (double) step[0]);
        }
        return Math.min(1, share);
    }

    /** The sizes from {@code least}, at least 1, to {@code most} in steps of about equal ratio, each by its first and last. */
    static int[][] steps(int least, int most) {
        int from = Math.max(1, Math.min(least, most));
        double ratio = Math.pow(most / (double) from, 1.0 / STEPS);
        List<int[]> steps = new ArrayList<>();
        while (from <= most) {
            int to = (int) Math.max(from, Math.min(most, Math.floor(from * ratio)));
            steps.add(new int[] {from, to});
            from = to + 1;
        }
        return steps.toArray(int[][]::new);
    }
}
