package io.github.camelaiflow.it;

/** On a broker with the transactions of before Kafka 4.0, as a cluster keeps them that was not finalized. */
class DeliveryOnOldTransactionsIT extends DeliveryContract {

    DeliveryOnOldTransactionsIT() {
        super(new InProcessBroker((short) 0));
    }
}
