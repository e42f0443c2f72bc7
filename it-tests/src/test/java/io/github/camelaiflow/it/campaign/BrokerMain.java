package io.github.camelaiflow.it.campaign;

import kafka.Kafka;

/** Kafka as it is started from the command line, but ended with its parent. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) {
        ParentWatch.start();
        Kafka.main(arguments);
    }
}
