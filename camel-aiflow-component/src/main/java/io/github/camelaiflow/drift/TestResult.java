package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.EValues;

/**
 * What one test said of one field.
 *
 * @param test the {@linkplain DistanceTest#label label} of a test of the values, {@code new-categories} (share of the window in
 *     categories the reference lacks, by permutation) or {@code presence} (values, missing, wrong type, infinite: chi-squared by
 *     permutation)
 * @param statistic what the test measures; grows with the difference
 * @param threshold the statistic of a field that has drifted is above it; calibrated for both sample sizes and the level (for {@code
 *     kolmogorov-smirnov} shown to 2 % where the statistic of large samples is far from it). NaN where the difference was so
 *     ordinary that the threshold need not be known
 * @param level the share of the budget this test was held against
 * @param pValue chance of such a difference without drift
 * @param effectSize how large the difference is, whatever the sample sizes: for numbers the Wasserstein distance in standard
 *     deviations of the reference, for categories and {@code presence} total variation (0 to 1), for {@code new-categories} the
 *     share itself; NaN where it cannot be computed
 * @param minimumEffect how large the effect has to be besides; 0 if any counts
 */
public record TestResult(
        String test,
        double statistic,
        double threshold,
        double level,
        double pValue,
        double effectSize,
        double minimumEffect) {

    /** Whether this test has found drift: the p-value is at most the level, and the effect {@linkplain #matters matters}. */
    public boolean drifted() {
        return pValue <= level && matters();
    }

    /** Whether the effect is as large as it has to be; one that cannot be computed is taken to be. */
    public boolean matters() {
        return !(effectSize < minimumEffect);
    }

    /** The p-value, or 1 if the effect does not matter; still a p-value, as it is never smaller. */
    double matteringPValue() {
        return matters() ? pValue : 1;
    }

    /** The p-value as evidence that can be averaged over tests: {@link EValues#of}. */
    public double eValue() {
        return EValues.of(pValue);
    }
}
