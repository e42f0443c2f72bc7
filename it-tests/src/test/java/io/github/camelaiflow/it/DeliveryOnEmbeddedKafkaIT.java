package io.github.camelaiflow.it;

/** On a broker with the transactions that Kafka has had since 4.0. */
class DeliveryOnEmbeddedKafkaIT extends DeliveryContract {

    DeliveryOnEmbeddedKafkaIT() {
        super(new InProcessBroker());
    }
}
