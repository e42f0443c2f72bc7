package io.github.camelaiflow.feedback.quality;

/**
 * A number that tells quality, with its bounds.
 *
 * @param kind what it tells
 * @param label whose; {@code null} for all labels, or a regression
 * @param value the estimate; NaN if there is none
 * @param lower the interval's lower end
 * @param upper its upper end
 * @param bound what the interval promises
 * @param count how many labels it rests on
 */
public record Metric(Kind kind, Name label, double value, double lower, double upper, Bound bound, long count) {

    /** What a metric tells. */
    public enum Kind {
        /** Of the records predicted to be of the label, the share that is. */
        PRECISION,
        /** Of the records of the label, the share predicted to be. */
        RECALL,
        /** Harmonic mean of both. */
        F1,
        /** Mean of the labels' precisions, of those that were ever predicted. */
        MACRO_PRECISION,
        /** Mean of the labels' recalls, of those that ever occurred. */
        MACRO_RECALL,
        /** Share of right labels. */
        ACCURACY,
        /** Mean squared distance of the probabilities to the truth, from 0 to 1. */
        BRIER,
        /** Mean clipped logarithmic loss, from 0 to 1: by that of the least probability. */
        LOG_LOSS,
        /** Mean absolute error, errors counted up to the greatest that matters. */
        ABSOLUTE_ERROR,
        /** Mean squared error, errors counted up to the greatest that matters. */
        SQUARED_ERROR,
        /** Area under the ROC curve of the positive label's probability. */
        AUC
    }

    /** What an interval promises. */
    public enum Bound {
        /** With a chance of at most alpha it is ever wrong, at whatever time and however often one looks. */
        EXACT,
        /** About so, for large numbers and one look. */
        ASYMPTOTIC
    }
}
