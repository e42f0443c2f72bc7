package io.github.camelaiflow.management;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.validation.ValidationResult;

/**
 * Is told what a flow's steps did. Called on the exchange's thread, so implementations are quick, thread-safe and never
 * throw.
 */
public interface FlowObserver {

    /** Records were validated; {@code invalid} of them were rejected. */
    default void validated(int records, int invalid, long nanos) {}

    /** A model was asked for records; {@code errors} of them could not be scored. */
    default void inferred(String version, ServedBy servedBy, int records, int errors, long nanos) {}

    /** Records were judged alone or as a batch: by which of their suite's expectations, and with what outcome. */
    default void judged(String scope, ValidationResult result) {}

    /** A step failed its exchange, for a reason that is a stable word. */
    default void failed(String operation, String reason) {}

    /** The flow found something out. Called on the thread that found it, in the order of what each thread found. */
    default void published(FlowEvent event) {}

    /** Events that somebody waited for were dropped, because they came faster than they were taken or nobody took them. */
    default void dropped(int events) {}

    /** An exchange, or a record of its batch, could not be observed for drift; it went on. */
    default void notObserved() {}

    /** A shadow was asked for records; {@code errors} of them by calls that failed. */
    default void shadowed(String version, int records, int errors) {}

    /** Records were not given to shadows, because these were too slow or failed. */
    default void shadowDropped(int records) {}

    /** Labels came, and became of them what the word says. */
    default void labelled(String outcome, int labels) {}

    /** Answers were not kept for labels to come, because the store takes none. */
    default void notTracked(int answers) {}

    /** The version that serves, and its digest, changed. */
    default void serving(String version, String digest) {}

    /** The flow is closed. */
    default void close() {}
}
