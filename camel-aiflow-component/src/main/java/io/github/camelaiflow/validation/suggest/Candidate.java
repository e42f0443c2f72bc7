package io.github.camelaiflow.validation.suggest;

import java.util.function.Consumer;

/** What could be expected, chosen by the explored rows alone, so that the measured ones can tell how far it holds. */
interface Candidate {

    /** The field, or fields with a comma; empty for the table. */
    String column();

    /** GX's name of the expectation. */
    String type();

    /**
     * The expectation as far as it can be promised.
     *
     * @param alpha the chance with which a later batch may fail it
     * @param leftOut told if it cannot be promised
     * @return {@code null} if it cannot
     */
    Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut);

    /** Whether it takes a part of the suite's alpha. */
    default boolean promised(Measurement measurement, double alpha) {
        return true;
    }
}
