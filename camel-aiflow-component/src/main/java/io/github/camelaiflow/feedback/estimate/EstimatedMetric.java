package io.github.camelaiflow.feedback.estimate;

/**
 * An estimated number and its band. Immutable.
 *
 * @param metric which
 * @param value expected, if the probabilities are calibrated
 * @param lower end of the band that covers the window's true number
 * @param upper end of the band
 */
public record EstimatedMetric(Metric metric, double value, double lower, double upper) {}
