package io.github.camelaiflow.management;

import java.util.List;
import java.util.Optional;

/** What a delivering route tells of itself besides its account. Thread-safe; reaches no store. */
public interface DeliveryDetails {

    /** Of a route that has neither threads of its own nor an outbox. */
    DeliveryDetails NONE = new DeliveryDetails() {
        @Override
        public List<String> threads() {
            return List.of();
        }

        @Override
        public boolean hasOutbox() {
            return false;
        }

        @Override
        public Optional<OutboxFigures> outbox() {
            return Optional.empty();
        }

        @Override
        public String sending() {
            return "";
        }
    };

    /** How each thread stands, a line each, without a value of a record. */
    List<String> threads();

    /** Whether the route sends what waits in its flow's outbox; the same for as long as it is shown. */
    boolean hasOutbox();

    /** What waits there, a few seconds old; empty while the store cannot be reached, or without an outbox. */
    Optional<OutboxFigures> outbox();

    /** Who sends it, or what keeps it from being sent; empty without an outbox. */
    String sending();
}
