package io.github.camelaiflow.feedback.quality;

/** What a verdict of harm rests on. */
public enum HarmSource {
    /** Labels. */
    REALISED,
    /** Losses that were estimated without labels, by their lower bounds. */
    ESTIMATED
}
