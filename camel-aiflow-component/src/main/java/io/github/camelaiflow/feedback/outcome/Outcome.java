package io.github.camelaiflow.feedback.outcome;

/**
 * A prediction and its truth. Immutable.
 *
 * @param predicted what was answered
 * @param truth what turned out to be true
 */
public record Outcome(Predicted predicted, Truth truth) {}
