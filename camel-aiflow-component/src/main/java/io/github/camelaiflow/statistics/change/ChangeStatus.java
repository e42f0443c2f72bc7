package io.github.camelaiflow.statistics.change;

/** What a detector says of the stream so far. */
public enum ChangeStatus {
    /** Not enough values yet to say anything: a baseline is being learned, or a warm-up isn't over. */
    LEARNING,
    /** No reason to doubt that the stream is as it was. */
    STABLE,
    /** Looks like the start of a change; only from methods whose paper has a warning. */
    WARNING,
    /** The stream has changed. Holds until the detector is reset. */
    CHANGED
}
