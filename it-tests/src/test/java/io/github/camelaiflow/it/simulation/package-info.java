/**
 * Delivery on a simulated Kafka: a seed draws the faults, a virtual clock and one thread at a time make the run the same each time.
 * The worker is the real one.
 */
package io.github.camelaiflow.it.simulation;
