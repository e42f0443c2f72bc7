/**
 * What goes in and out of routes around the steps: Avro input, decisions on the wire, headers of dead letters, and a circuit
 * breaker that data errors do not open. Speaks Camel.
 */
package io.github.camelaiflow.wire;
