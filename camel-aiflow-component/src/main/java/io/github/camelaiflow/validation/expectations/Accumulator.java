package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/**
 * What is kept of values that are looked at once. Not thread-safe.
 *
 * @param <A> what it can be merged with
 */
interface Accumulator<A> {

    /**
     * Takes a value.
     *
     * @throws Unjudgeable if there is nothing to keep of a value of its kind
     */
    void add(Object value) throws Unjudgeable;

    /**
     * Takes what another has seen after this one. The other stays as it is.
     *
     * @throws Unjudgeable if the values of both do not go together
     */
    void merge(A later) throws Unjudgeable;
}
