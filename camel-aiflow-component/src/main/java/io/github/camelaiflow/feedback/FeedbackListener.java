package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.Outcome;

/** Is told of what was joined, in time. What a listener throws is logged and goes no further. */
public interface FeedbackListener {

    /**
     * This node joined a prediction and its truth: told at once, by the thread that did it, and at most once among all nodes. It is not
     * told again after a restart, nor if the store broke in the moment it joined them.
     *
     * @param loss from 0 to 1; NaN if it cannot be told
     */
    void joined(Outcome outcome, double loss);

    /**
     * The next of all that was joined, by whichever node, in an order that is the same on all nodes; each once since this node started,
     * from the beginning of the retention. By the thread that ticks.
     */
    void outcome(Outcome outcome);

    /** A prediction was not tracked and never will be: told at once, by whatever thread that shows on. */
    default void notTracked() {}
}
