package io.github.camelaiflow.validation.expectations;

/** An expectation with its arguments read and compiled. Immutable, thread-safe. */
public sealed interface Check permits ValueCheck, ConstraintCheck, BatchCheck {

    /** What is required, as the end of a sentence that begins with the field's name; no value of a record in it. */
    String requirement();

    /** Whether missing values are judged too; GX leaves them out of all but the null and table expectations. */
    default boolean judgesMissing() {
        return false;
    }
}
