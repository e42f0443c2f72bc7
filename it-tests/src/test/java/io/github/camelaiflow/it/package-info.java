/**
 * The shipped routes and the packaged app against real brokers and real data. Each test that needs Kafka is one abstract
 * class with two subclasses: one on a broker in a container (skipped where no Docker runs), one on a broker in this JVM.
 */
package io.github.camelaiflow.it;
