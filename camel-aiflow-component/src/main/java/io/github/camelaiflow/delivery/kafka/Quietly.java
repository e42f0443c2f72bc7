package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.ShownFailure;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes clients that may be broken, from a thread that may have been interrupted. What fails is only written down. */
final class Quietly {

    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Quietly() {}

    /** At once: what is under way is undone by the broker or by the next producer with its name. */
    static void close(Producer<byte[], byte[]> producer) {
        uninterrupted(() -> producer.close(Duration.ZERO));
    }

    static void close(Consumer<byte[], byte[]> consumer) {
        uninterrupted(() -> consumer.close(CloseOptions.timeout(PATIENCE)));
    }

    private static void uninterrupted(Runnable closing) {
        boolean interrupted = Thread.interrupted();
        try {
            closing.run();
        } catch (RuntimeException e) {
            LOG.debug("A Kafka client could not be closed in order", ShownFailure.of(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
