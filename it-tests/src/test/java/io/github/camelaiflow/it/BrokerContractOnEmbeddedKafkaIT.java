package io.github.camelaiflow.it;

final class BrokerContractOnEmbeddedKafkaIT extends BrokerContract {

    BrokerContractOnEmbeddedKafkaIT() {
        super(new InProcessBroker());
    }
}
