package io.github.camelaiflow.lint;

/** What a configuration does at its fault. */
public enum Severity {
    /** Records vanish: they end neither as a decision nor as a dead letter. */
    LOSES,
    /** Records become visible more often than once. */
    DOUBLES,
    /** Records stop to flow until someone mends it. */
    STOPS,
    /** Senders have a say in where records go. */
    INJECTS
}
