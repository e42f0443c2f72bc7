package io.github.camelaiflow.feedback;

/** What became of a label when it came. */
public enum LabelOutcome {
    /** It is joined with one prediction or, by key, several. */
    JOINED,
    /** There is no such prediction yet, or none any more; it waits for the time limit. */
    WAITING,
    /** The same was said before; nothing changed. */
    DUPLICATE,
    /** Something else was said before, and that stays. */
    CONTRADICTION,
    /**
     * It is older than the time limit: it was known later after its prediction than the limit allows, and the prediction counts as never
     * labelled; or it is that old and there is no such prediction.
     */
    LATE
}
