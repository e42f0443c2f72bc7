package io.github.camelaiflow.drift.multivariate;

/**
 * What a test of rows found.
 *
 * @param statistic what it measures; grows with the difference
 * @param threshold the statistic of a drifted window is above it, at the level the test was run for; NaN where the difference was so
 *     ordinary that it need not be known
 * @param pValue chance of such a difference without drift
 * @param effectSize how large the difference is whatever the sample sizes; see the test
 */
public record MultivariateResult(double statistic, double threshold, double pValue, double effectSize) {}
