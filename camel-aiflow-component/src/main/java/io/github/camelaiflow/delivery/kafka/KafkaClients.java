package io.github.camelaiflow.delivery.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of a worker. Each call makes a new one. */
public interface KafkaClients {

    /** @param thread from 0 */
    Consumer<byte[], byte[]> consumer(int thread);

    /** @param thread from 0 */
    Producer<byte[], byte[]> producer(int thread);

    /**
     * Kafka's own clients.
     *
     * @param run a name that no other run has, such as a random UUID: names the transactions of an instance without a name
     * @throws org.apache.kafka.common.config.ConfigException naming a setting that Kafka does not take
     */
    static KafkaClients of(DeliveryConfig config, String run) {
        ClientSettings settings = new ClientSettings(config, run);
        settings.check();
        return new KafkaClients() {

            @Override
            public Consumer<byte[], byte[]> consumer(int thread) {
                return new KafkaConsumer<>(
                        settings.consumer(thread), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            }

            @Override
            public Producer<byte[], byte[]> producer(int thread) {
                return new KafkaProducer<>(
                        settings.producer(thread), new ByteArraySerializer(), new ByteArraySerializer());
            }
        };
    }
}
