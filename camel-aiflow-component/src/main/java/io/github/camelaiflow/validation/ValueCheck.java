package io.github.camelaiflow.validation;

/** An expectation of single values with its arguments read and compiled. Thread-safe. */
interface ValueCheck {

    /**
     * Whether the value meets the expectation.
     *
     * @param value never missing, unless {@link #judgesMissing()}
     * @throws Unjudgeable if the value is of a kind the expectation says nothing about, or judging it takes too long
     */
    boolean meets(Object value) throws Unjudgeable;

    /** What is required, as the end of a sentence that begins with the field's name. */
    String requirement();

    /** Whether missing values are judged too; GX leaves them out of all but the null expectations. */
    default boolean judgesMissing() {
        return false;
    }
}
