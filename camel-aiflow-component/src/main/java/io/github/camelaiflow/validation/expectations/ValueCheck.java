package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/** An expectation that can be judged of one record by itself: a column map, pair map or multicolumn map expectation of GX. */
public non-sealed interface ValueCheck extends Check {

    /**
     * Whether the value meets the expectation.
     *
     * @param value what the {@link Operand} reads of a record: a value, or a list of values for pairs and multicolumn
     *     expectations; never missing, unless {@link #judgesMissing()}
     * @throws Unjudgeable if the value is of a kind the expectation says nothing about, or judging it takes too long
     */
    boolean meets(Object value) throws Unjudgeable;
}
