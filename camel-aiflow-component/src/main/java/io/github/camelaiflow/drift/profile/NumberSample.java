package io.github.camelaiflow.drift.profile;

/**
 * Numbers.
 *
 * @param sorted the finite ones, ascending; not to be changed. Where a sketch no longer knows them all, as many of its quantiles as
 *     the sample is worth, which is then fewer than {@code counts.values()}
 * @param counts of the whole sample
 * @param rankError by how much the share of values at or below any number may differ from what {@code sorted} says, certainly; 0 if
 *     these are all values
 */
public record NumberSample(double[] sorted, ValueCounts counts, double rankError) implements FieldSample {

    /** All the values. */
    public NumberSample(double[] sorted, ValueCounts counts) {
        this(sorted, counts, 0);
    }
}
