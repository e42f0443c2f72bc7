package io.github.camelaiflow.drift;

/** What is known about drift. */
public enum DriftStatus {
    /** Too few records to be able to know. */
    INSUFFICIENT_DATA,
    /** Nothing differs more than chance explains. */
    STABLE,
    /** Something differs more than the budget of false alarms allows chance to explain. */
    DRIFTED
}
