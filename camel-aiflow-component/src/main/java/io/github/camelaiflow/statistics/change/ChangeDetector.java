package io.github.camelaiflow.statistics.change;

import java.util.OptionalDouble;

/**
 * Watches a stream of values for a change. Made by {@link DetectorSettings}, which says what the values are: losses from 0
 * (right) to 1 (wrong), of which only a rise is a change, or values of a field, of which any other distribution is one.
 *
 * <p>An alarm holds until {@link #reset}; values that come while it does are not looked at. Not thread-safe.
 */
public interface ChangeDetector {

    /**
     * Takes the next value.
     *
     * @return the status after it
     * @throws IllegalArgumentException if the value is not a number, or outside the range of the detector's values
     */
    ChangeStatus add(double value);

    /** What the last value left; LEARNING before the first. */
    ChangeStatus status();

    /** How much speaks for a change, at least 0; finite, and comparable with {@link #threshold} only. */
    double evidence();

    /** The evidence that is an alarm; more than 0. While a baseline is being learned, that of one that is known. */
    double threshold();

    /** How many values were looked at since the start or the last reset; those for a baseline count. */
    long count();

    /**
     * How many values back from the last one that was looked at the change happened most likely: 1 is that value, 0 is that nothing
     * points to a change. With an e-process it is the start from which the values speak most against the hypothesis.
     */
    long changedAgo();

    /**
     * An upper bound of the chance of a false alarm within so many values after the baseline is known, on average over what
     * reference labels might have been; empty where the method gives none.
     *
     * @throws IllegalArgumentException if values is negative
     */
    OptionalDouble falseAlarmWithin(long values);

    /** Starts anew: a baseline that was learned from the stream is learned again, one that was given is kept. */
    void reset();

    /** What {@link #restore} needs to go on. */
    DetectorState state();

    /**
     * Goes on from what another detector of the same settings left.
     *
     * @throws IllegalArgumentException if it can't be a state of these settings; the detector then is as after a reset
     */
    void restore(DetectorState state);
}
