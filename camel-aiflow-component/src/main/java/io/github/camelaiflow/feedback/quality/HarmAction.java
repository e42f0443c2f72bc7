package io.github.camelaiflow.feedback.quality;

/** What is recommended on harm. */
public enum HarmAction {
    /** Nothing but to tell it. */
    NONE,
    /** To train a new version. */
    RETRAIN,
    /** To go back to the version before. */
    ROLL_BACK
}
