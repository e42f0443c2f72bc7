package io.github.camelaiflow.statistics.change;

import io.github.camelaiflow.statistics.Binomial;
import io.github.camelaiflow.statistics.BoundedMean;

/**
 * Losses of a time without change, from which a detector learns the rate that is usual. Keeps sums, not losses: 250 bytes. Not
 * thread-safe.
 */
public final class ReferenceLosses {

    private final BoundedMean mean;
    private long positive;

    public ReferenceLosses() {
        this(new BoundedMean(0, 1), 0);
    }

    private ReferenceLosses(BoundedMean mean, long positive) {
        this.mean = mean;
        this.positive = positive;
    }

    /**
     * Losses that are errors.
     *
     * @param errors how many of the labels were wrong
     * @throws IllegalArgumentException unless errors is from 0 to labels
     */
    public static ReferenceLosses of(long errors, long labels) {
        if (errors < 0 || errors > labels) {
            throw new IllegalArgumentException("errors must be from 0 to the " + labels + " labels, were " + errors);
        }
        ReferenceLosses losses = new ReferenceLosses();
        losses.mean.add(1, errors);
        losses.mean.add(0, labels - errors);
        losses.positive = errors;
        return losses;
    }

    /**
     * Takes a loss.
     *
     * @throws IllegalArgumentException if it isn't from 0 to 1
     */
    public void add(double loss) {
        StreamDetector.checkLoss(loss);
        mean.add(loss);
        positive += loss > 0 ? 1 : 0;
    }

    /** How many losses came. */
    public long count() {
        return mean.count();
    }

    /** Their sum. */
    public double sum() {
        return mean.sum();
    }

    /**
     * The mean loss is below this but for a chance of at most delta; 1 without losses. The smaller of two bounds, each at half of
     * it: C. J. Clopper and E. S. Pearson's (1934) for the share of losses above 0, which no mean of losses up to 1 exceeds, and
     * which is the best there is if they are 0 or 1; and the betting bound of {@link BoundedMean}, which knows how they vary.
     *
     * @throws IllegalArgumentException if delta isn't more than 0 and less than 1
     */
    public double upperLimit(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("a chance must be more than 0 and less than 1, was " + delta);
        }
        if (count() == 0) {
            return 1;
        }
        double exact = Binomial.upperLimit(positive, count(), 1 - delta / 2);
        return Math.min(exact, mean.upperLimit(delta / 2));
    }

    void write(StateWriter to) {
        to.add(mean.count(), positive).add(mean.sum()).add(mean.above()).add(mean.below());
    }

    static ReferenceLosses read(StateReader from, long most) {
        long count = from.count(most);
        long positive = from.count(count);
        double sum = from.number(0, count);
        double[] above = new BoundedMean(0, 1).above();
        double[] below = above.clone();
        from.numbers(above, 0, Double.MAX_VALUE);
        from.numbers(below, 0, Double.MAX_VALUE);
        return new ReferenceLosses(BoundedMean.of(0, 1, count, sum, above, below), positive);
    }
}
