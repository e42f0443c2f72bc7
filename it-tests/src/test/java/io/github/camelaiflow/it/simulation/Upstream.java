package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.Origin;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Who sends the records. Its faults are in the plan, so that a run and its twin have the same records at the same offsets. */
final class Upstream {

    private final SimBroker broker;
    private final Checks checks;

    Upstream(SimBroker broker, Checks checks) {
        this.broker = broker;
        this.checks = checks;
    }

    void start(Plan plan) {
        plan.arrivals().forEach(arrival -> broker.fibers.after(arrival.time(), () -> send(arrival)));
    }

    private void send(Plan.Arrival arrival) {
        SimLog log = broker.log(new TopicPartition(Plan.IN, arrival.partition()));
        Transaction transaction = arrival.endsAt() == null ? null : new Transaction(broker.now());
        Map<Origin, Input> sent = new HashMap<>();
        for (Input input : arrival.inputs()) {
            Origin origin = new Origin(Plan.IN, arrival.partition(), log.end());
            log.append(input.keyBytes(), input.value(), Input.headers(origin), broker.now(), transaction);
            sent.put(origin, input);
        }
        if (!arrival.aborted()) {
            sent.forEach(checks::expect);
        }
        if (transaction != null) {
            broker.fibers.after(arrival.endsAt() - broker.now(), () -> {
                transaction.state = arrival.aborted() ? Transaction.State.ABORTED : Transaction.State.COMMITTED;
                log.mark(transaction);
            });
        }
    }
}
