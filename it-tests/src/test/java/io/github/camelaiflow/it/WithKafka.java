package io.github.camelaiflow.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Base of tests that need a Kafka broker: one broker and one client for a whole class, so every test takes topics of its
 * own. A test body is an abstract subclass; the classes that run hand in the broker.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithKafka {

    private final KafkaBroker broker;
    private KafkaTestClient client;

    WithKafka(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeAll
    final void startBroker() {
        broker.start();
        client = new KafkaTestClient(broker.bootstrapServers());
    }

    @AfterAll
    final void stopBroker() {
        if (client != null) {
            client.close();
        }
        broker.close();
    }

    final KafkaBroker broker() {
        return broker;
    }

    final KafkaTestClient kafka() {
        return client;
    }
}
