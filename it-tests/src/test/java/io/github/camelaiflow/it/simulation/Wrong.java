package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.kafka.CommitFactory;
import io.github.camelaiflow.delivery.kafka.KafkaClients;

/** A way to be wrong; the right worker has none. */
interface Wrong {

    Wrong NOT = new Wrong() {};

    /** Clients that behave as if the worker called them wrongly. */
    default KafkaClients clients(KafkaClients right, SimWorkers workers) {
        return right;
    }

    /** Commits that do it wrongly. */
    default CommitFactory commits(CommitFactory right) {
        return right;
    }
}
