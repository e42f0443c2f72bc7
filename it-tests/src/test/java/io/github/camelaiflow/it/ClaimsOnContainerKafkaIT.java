package io.github.camelaiflow.it;

@RequiresContainers
final class ClaimsOnContainerKafkaIT extends ClaimsContract {

    ClaimsOnContainerKafkaIT() {
        super(new ContainerBroker());
    }
}
