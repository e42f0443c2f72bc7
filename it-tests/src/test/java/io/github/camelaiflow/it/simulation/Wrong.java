package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.kafka.CommitFactory;
import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.store.Deliveries;

/** A way to be wrong; the right worker has none. */
interface Wrong {

    Wrong NOT = new Wrong() {};

    /** Clients that behave as if the worker called them wrongly. */
    default KafkaClients clients(KafkaClients right) {
        return right;
    }

    /** Commits that do it wrongly. */
    default CommitFactory commits(CommitFactory right) {
        return right;
    }

    /** A database that is asked wrongly. */
    default Deliveries database(Deliveries right) {
        return right;
    }

    /** How consumers read. */
    default Reading reading() {
        return Reading.RIGHT;
    }

    /**
     * What a consumer waits for.
     *
     * @param committed whether it reads committed records only
     * @param stable whether it waits for the transaction in which an offset is being committed; Kafka's own always does
     */
    record Reading(boolean committed, boolean stable) {
        static final Reading RIGHT = new Reading(true, true);
    }
}
