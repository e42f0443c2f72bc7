/**
 * A flow as a model server: calls of the Open Inference Protocol v2 over HTTP become questions to the flow, and its predictions
 * responses. Used as beans of the route template {@code aiflow-open-inference}. Speaks Camel.
 */
package io.github.camelaiflow.wire.inference;
