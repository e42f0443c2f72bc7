package io.github.camelaiflow.feedback.outcome;

/** A way to tell how wrong an answer was: see {@link Losses}. */
public enum Loss {
    /** Whether another label won than the true one. */
    ERROR,
    /** The squared distance between probabilities and truth. */
    BRIER,
    /** The logarithm of the true label's probability. */
    LOG_LOSS,
    /** The distance between both values. */
    ABSOLUTE_ERROR,
    /** The squared distance between both values. */
    SQUARED_ERROR;

    /** Whether it is for regressed values, which need the greatest error that matters. */
    public boolean regression() {
        return this == ABSOLUTE_ERROR || this == SQUARED_ERROR;
    }

    /**
     * How wrong the answer was, from 0 to 1; NaN if it cannot be told.
     *
     * @param mostError the greatest distance that matters, above 0; of no account for labels
     */
    public double of(Outcome outcome, double mostError) {
        return switch (this) {
            case ERROR -> Losses.error(outcome);
            case BRIER -> Losses.brier(outcome);
            case LOG_LOSS -> Losses.logLoss(outcome);
            case ABSOLUTE_ERROR -> Losses.absoluteError(outcome, mostError);
            case SQUARED_ERROR -> Losses.squaredError(outcome, mostError);
        };
    }
}
