package io.github.camelaiflow.wire.inference;

import io.github.camelaiflow.openinference.InferRequest;

/**
 * An inference that was asked for.
 *
 * @param flow the flow asked
 * @param request what the client sent
 */
record Asked(String flow, InferRequest request) {

    /** Exchange property while the flow is asked. */
    static final String PROPERTY = "CamelAiflowInference";
}
