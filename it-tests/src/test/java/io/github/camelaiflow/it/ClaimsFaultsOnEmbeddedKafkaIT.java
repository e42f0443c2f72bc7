package io.github.camelaiflow.it;

final class ClaimsFaultsOnEmbeddedKafkaIT extends ClaimsFaultsContract {

    ClaimsFaultsOnEmbeddedKafkaIT() {
        super(new InProcessBroker());
    }
}
