package io.github.camelaiflow.it;

@RequiresContainers
final class BrokerContractOnContainerKafkaIT extends BrokerContract {

    BrokerContractOnContainerKafkaIT() {
        super(new ContainerBroker());
    }
}
