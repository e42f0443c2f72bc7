package io.github.camelaiflow.feedback.estimate;

/** Why an estimate must not be believed, or there is none. */
public enum Doubt {
    /** Fewer usable reference rows than needed, or none with a probability for each label. */
    REFERENCE_TOO_SMALL,
    /** All reference rows are of one class, so that nothing is known of the other. */
    REFERENCE_ONE_CLASS,
    /** Fewer usable rows in the window than needed. */
    WINDOW_TOO_SMALL,
    /** Probabilities from one part of the reference don't fit the truths of the rest. */
    REFERENCE_NOT_CALIBRATED,
    /** A part of the reference comes out wrong when it is estimated from the rest: truth moves from period to period, unseen by the inputs. */
    PERIODS_DISAGREE,
    /** At one score, rows with other inputs have other truths: where inputs move, the estimate without inputs fails. */
    DEPENDS_ON_INPUTS,
    /** More of the window's rows than allowed have inputs or scores that the reference has nothing like. */
    OUTSIDE_REFERENCE,
    /** Hardly any reference rows are like the window's: after weighting, too few are left in effect. */
    REFERENCE_UNLIKE_WINDOW,
    /** Truths that came contradict the estimated probabilities: the relation itself has changed. */
    LABELS_DISAGREE;

    /** Whether there is too little to say anything, rather than a reason against it. */
    boolean insufficient() {
        return this == REFERENCE_TOO_SMALL || this == REFERENCE_ONE_CLASS || this == WINDOW_TOO_SMALL;
    }
}
