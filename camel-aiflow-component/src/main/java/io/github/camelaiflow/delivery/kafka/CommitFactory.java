package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Commit;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes the commits of workers. */
@FunctionalInterface
public interface CommitFactory {

    /**
     * A new one, which connects only when it is first used.
     *
     * @param thread from 0
     * @param consumer whose records are settled
     */
    Commit open(int thread, Consumer<byte[], byte[]> consumer);

    /** Those of the mode, over Kafka. Not for {@link io.github.camelaiflow.delivery.DeliveryMode#DATABASE}. */
    static CommitFactory of(DeliveryConfig config, KafkaClients clients) {
        return switch (config.mode()) {
            case EXACTLY_ONCE ->
                (thread, consumer) -> new TransactionCommit(
                        consumer, () -> clients.producer(thread), config.outTopic(), config.deadTopic());
            case AT_LEAST_ONCE ->
                (thread, consumer) -> new AcknowledgedCommit(
                        consumer, () -> clients.producer(thread), config.outTopic(), config.deadTopic());
            case DATABASE ->
                throw new IllegalArgumentException(
                        "Delivery mode database needs a commit of its own: give the store's");
        };
    }
}
