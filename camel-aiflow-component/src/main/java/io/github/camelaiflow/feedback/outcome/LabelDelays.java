package io.github.camelaiflow.feedback.outcome;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long labels take to come after their predictions: the share of predictions that are labelled by an age, estimated from all
 * predictions, with those that still wait as censored (the product-limit estimate of E. Kaplan and P. Meier 1958, on a grid of ages).
 * Immutable and thread-safe.
 */
public final class LabelDelays {

    /** Nothing known. */
    public static final LabelDelays UNKNOWN = new LabelDelays(new Duration[0], new double[0]);

    private final Duration[] ages;
    private final double[] labelled;

    /**
     * @param ages ascending
     * @param labelled the share of predictions labelled by each age, 0 to 1, not descending
     * @throws IllegalArgumentException if they are not of one length
     */
    public LabelDelays(Duration[] ages, double[] labelled) {
        if (ages.length != labelled.length) {
            throw new IllegalArgumentException("each age needs one share");
        }
        this.ages = ages.clone();
        this.labelled = labelled.clone();
    }

    /** The greatest age of which anything is known: enough predictions were watched for so long; zero if nothing is known. */
    public Duration horizon() {
        return ages.length == 0 ? Duration.ZERO : ages[ages.length - 1];
    }

    /** The estimated share of predictions labelled by that age; by the next lower age of the grid. Empty beyond the horizon. */
    public OptionalDouble labelled(Duration age) {
        if (age.compareTo(horizon()) > 0 || ages.length == 0) {
            return OptionalDouble.empty();
        }
        int index = -1;
        while (index + 1 < ages.length && ages[index + 1].compareTo(age) <= 0) {
            index++;
        }
        return OptionalDouble.of(index < 0 ? 0 : labelled[index]);
    }

    /**
     * Of the labels that come within the horizon, the estimated share that has come by that age. Where the horizon is shorter than the
     * time limit, labels that take longer than the horizon are not known of. Empty if no label has come, or the age is beyond the horizon.
     */
    public OptionalDouble come(Duration age) {
        double all = labelled.length == 0 ? 0 : labelled[labelled.length - 1];
        OptionalDouble share = labelled(age);
        return all > 0 && share.isPresent() ? OptionalDouble.of(share.getAsDouble() / all) : OptionalDouble.empty();
    }

    /**
     * The age by which that share of the labels that come within the horizon has come: predictions that old are matured. Empty if no label
     * has come.
     *
     * @param share above 0, at most 1
     */
    public Optional<Duration> matured(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of labels must be above 0 and at most 1");
        }
        double all = labelled.length == 0 ? 0 : labelled[labelled.length - 1];
        for (int i = 0; i < ages.length && all > 0; i++) {
            if (labelled[i] >= share * all) {
                return Optional.of(ages[i]);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelDelays delays
                && Arrays.equals(ages, delays.ages)
                && Arrays.equals(labelled, delays.labelled);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(ages), Arrays.hashCode(labelled));
    }

    @Override
    public String toString() {
        return "LabelDelays[horizon " + horizon() + "]";
    }
}
