package io.github.camelaiflow.drift;

/**
 * What one test said of one field.
 *
 * @param test {@code kolmogorov-smirnov}, {@code chi-squared} (by permutation), {@code new-categories} (share of the window in
 *     categories the reference lacks, by permutation) or {@code presence} (values, missing, wrong type, infinite: chi-squared by
 *     permutation)
 * @param statistic what the test measures; grows with the difference
 * @param threshold the statistic of a drifted field is above it; calibrated for both sample sizes and the level
 *     (shown to 2 % where the statistic of large samples is far from it). NaN where the difference was so ordinary that the threshold
 *     need not be known
 * @param level the share of the budget this test was held against
 * @param pValue chance of such a difference without drift; the test has found drift exactly if it is at most the level
 * @param effectSize how large the difference is, whatever the sample sizes: Wasserstein distance in standard deviations of the
 *     reference for {@code kolmogorov-smirnov}, total variation (0 to 1) for {@code chi-squared} and {@code presence}, the share
 *     itself for {@code new-categories}; NaN where it cannot be computed
 */
public record TestResult(
        String test, double statistic, double threshold, double level, double pValue, double effectSize) {

    /** Whether this test has found drift. */
    public boolean drifted() {
        return pValue <= level;
    }
}
