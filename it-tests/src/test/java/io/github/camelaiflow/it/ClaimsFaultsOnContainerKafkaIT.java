package io.github.camelaiflow.it;

@RequiresContainers
final class ClaimsFaultsOnContainerKafkaIT extends ClaimsFaultsContract {

    ClaimsFaultsOnContainerKafkaIT() {
        super(new ContainerBroker());
    }
}
