/**
 * Records taken from Kafka by our own poll loop: one consumer, one {@link io.github.camelaiflow.delivery.Commit} and one batch at a time a
 * thread, settled before the next poll. {@link io.github.camelaiflow.delivery.kafka.KafkaDelivery} is the way in.
 */
package io.github.camelaiflow.delivery.kafka;
