package io.github.camelaiflow.it;

final class ClaimsOnEmbeddedKafkaIT extends ClaimsContract {

    ClaimsOnEmbeddedKafkaIT() {
        super(new InProcessBroker());
    }
}
