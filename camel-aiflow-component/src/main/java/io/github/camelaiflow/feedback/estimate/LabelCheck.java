package io.github.camelaiflow.feedback.estimate;

/**
 * What truths that came say about estimates. Immutable.
 *
 * @param trust {@link Doubt#LABELS_DISAGREE} where the truths contradict the probabilities
 * @param pValue chance of truths that lie as far off though the probabilities are right; NaN if there were too few rows
 * @param rows labelled rows that were used
 * @param unusable rows without a probability for each label, or without a truth
 */
public record LabelCheck(Trust trust, double pValue, int rows, int unusable) {}
