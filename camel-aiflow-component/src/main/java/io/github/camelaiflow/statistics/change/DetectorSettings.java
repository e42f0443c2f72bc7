package io.github.camelaiflow.statistics.change;

import io.github.camelaiflow.statistics.Hash64;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * Which detector, and what it promises. Immutable.
 *
 * @param type the method
 * @param falseAlarms how many values pass between two false alarms on average at least, from 100 to 10^12; without effect on ADWIN,
 *     DDM and Page–Hinkley, which promise nothing; default 10,000
 * @param rate the mean loss without change, if it is known, more than 0 and less than 1; empty: learned. For e-SR and e-CUSUM
 * @param baselineLabels from how many values a detector learns what is usual, where it isn't told, from 1 to 1,000,000; default
 *     1,000. For e-SR, e-CUSUM and conformal
 * @param epoch after how many values a conformal detector starts again from its reference, from 1 to 1,000,000; it keeps 8 bytes of
 *     each; default 10,000
 * @param seed for the ties of a conformal detector
 */
public record DetectorSettings(
        DetectorType type, double falseAlarms, OptionalDouble rate, int baselineLabels, int epoch, long seed) {

    private static final int MOST_KEPT = 1_000_000;
    private static final Hash64 PLACES = new Hash64(0x706C616365L);

    /** @throws IllegalArgumentException if a value is out of its range */
    public DetectorSettings {
        require(falseAlarms >= 100 && falseAlarms <= 1e12, "falseAlarms must be from 100 to 10^12, was " + falseAlarms);
        require(
                rate.isEmpty() || rate.getAsDouble() > 0 && rate.getAsDouble() < 1,
                "a known rate must be more than 0 and less than 1");
        require(
                baselineLabels >= 1 && baselineLabels <= MOST_KEPT,
                "baselineLabels must be from 1 to " + MOST_KEPT + ", was " + baselineLabels);
        require(
                epoch >= 1 && epoch <= MOST_KEPT,
                "an epoch must have from 1 to " + MOST_KEPT + " values, was " + epoch);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A detector with all defaults. */
    public static DetectorSettings of(DetectorType type) {
        return new DetectorSettings(type, 10_000, OptionalDouble.empty(), 1000, 10_000, 1);
    }

    public DetectorSettings withFalseAlarms(double values) {
        return new DetectorSettings(type, values, rate, baselineLabels, epoch, seed);
    }

    public DetectorSettings withRate(double known) {
        return new DetectorSettings(type, falseAlarms, OptionalDouble.of(known), baselineLabels, epoch, seed);
    }

    public DetectorSettings withBaselineLabels(int labels) {
        return new DetectorSettings(type, falseAlarms, rate, labels, epoch, seed);
    }

    public DetectorSettings withEpoch(int values) {
        return new DetectorSettings(type, falseAlarms, rate, baselineLabels, values, seed);
    }

    public DetectorSettings withSeed(long number) {
        return new DetectorSettings(type, falseAlarms, rate, baselineLabels, epoch, number);
    }

    /**
     * A detector of a rise in losses from 0 to 1. Without a known rate, e-SR, e-CUSUM and a conformal detector learn from the
     * first {@link #baselineLabels} losses, and again after each reset.
     */
    public ChangeDetector forLosses() {
        return switch (type) {
            case E_SR, E_CUSUM ->
                rate.isPresent()
                        ? new EDetector(rule(), Baseline.known(rate.getAsDouble(), falseAlarms))
                        : new LearningDetector(baselineLabels, BaselineLearner.ofLosses(rule(), falseAlarms));
            case CONFORMAL -> learning(TailBets::new, StreamDetector::checkLoss);
            case ADWIN -> new Adwin();
            case DDM -> new Ddm();
            case PAGE_HINKLEY -> new PageHinkley();
        };
    }

    /**
     * A detector of a rise in losses against losses of a time without change, which are kept over a reset; a known rate is not
     * asked for.
     *
     * @throws IllegalStateException if the method isn't e-SR or e-CUSUM
     */
    public ChangeDetector forLosses(ReferenceLosses reference) {
        if (type != DetectorType.E_SR && type != DetectorType.E_CUSUM) {
            throw new IllegalStateException(type.word() + " takes no sums of reference losses");
        }
        return new EDetector(rule(), Baseline.learned(reference, falseAlarms));
    }

    /**
     * A detector of any change in the distribution of a number, against reference values; infinite ones are numbers too.
     *
     * @param reference not copied if it ascends, and then not to be changed
     * @throws IllegalStateException if the method isn't conformal
     * @throws IllegalArgumentException if there are no values, or one is NaN
     */
    public ChangeDetector forNumbers(double[] reference) {
        return conformal(reference, new PowerBets());
    }

    /** As {@link #forNumbers(double[])}, against the first {@link #baselineLabels} values. */
    public ChangeDetector forNumbers() {
        requireConformal();
        return learning(PowerBets::new, ConformalDetector::checkNumber);
    }

    /**
     * A detector of any change in the shares of categories, against reference values. It takes a category by its {@link #place}.
     *
     * @throws IllegalStateException if the method isn't conformal
     * @throws IllegalArgumentException if there are no values
     */
    public ChangeDetector forCategories(Collection<String> reference) {
        double[] places =
                reference.stream().mapToDouble(DetectorSettings::place).toArray();
        return conformal(places, new IntervalBets());
    }

    /** As {@link #forCategories(Collection)}, against the first {@link #baselineLabels} values. */
    public ChangeDetector forCategories() {
        requireConformal();
        return learning(IntervalBets::new, ConformalDetector::checkNumber);
    }

    /** The number that stands for a category, at least 0 and less than 1: a hash of it, the same everywhere. */
    public static double place(String category) {
        return (PLACES.of(category) >>> 11) * 0x1p-53;
    }

    private AlarmRule rule() {
        return type == DetectorType.E_CUSUM ? AlarmRule.CUSUM : AlarmRule.SHIRYAEV_ROBERTS;
    }

    private ChangeDetector conformal(double[] reference, RankBets bets) {
        requireConformal();
        require(reference.length > 0, "a conformal detector needs reference values");
        for (double value : reference) {
            ConformalDetector.checkNumber(value);
        }
        return new ConformalDetector(reference, bets, falseAlarms, epoch, seed);
    }

    private ChangeDetector learning(Supplier<RankBets> bets, DoubleConsumer check) {
        return new LearningDetector(
                baselineLabels,
                new SampleLearner(
                        baselineLabels,
                        check,
                        reference -> new ConformalDetector(reference, bets.get(), falseAlarms, epoch, seed)));
    }

    private void requireConformal() {
        if (type != DetectorType.CONFORMAL) {
            throw new IllegalStateException(type.word() + " watches losses, not values of a field");
        }
    }
}
