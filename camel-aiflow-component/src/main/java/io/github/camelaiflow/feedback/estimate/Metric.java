package io.github.camelaiflow.feedback.estimate;

import java.util.Locale;

/** A number from 0 to 1 that says how well a classifier did on a window. */
public enum Metric {
    /** Share of right answers. */
    ACCURACY,
    /** Share of wrong answers. */
    ERROR_RATE,
    /** Right among those predicted positive; the mean over the classes where there is no positive label. */
    PRECISION,
    /** Found among the positive; the mean over the classes where there is no positive label. */
    RECALL,
    /** Harmonic mean of precision and recall; the mean over the classes where there is no positive label. */
    F1,
    /**
     * Mean squared distance of score and truth (G. W. Brier, 1950); half the sum over the classes where there is no positive label.
     */
    BRIER,
    /** Area under the ROC curve; the mean over the classes, each against the rest, where there is no positive label. */
    ROC_AUC;

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
