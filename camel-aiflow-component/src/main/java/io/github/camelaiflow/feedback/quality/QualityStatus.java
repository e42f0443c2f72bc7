package io.github.camelaiflow.feedback.quality;

/** What is known about harm. */
public enum QualityStatus {
    /** Too few labels to have found a loss of twice the margin above the baseline. */
    INSUFFICIENT_DATA,
    /** No harm was found, though there were labels enough to find twice the margin. */
    NONE,
    /** The loss has risen by more than the margin. Stays for the version. */
    HARM
}
