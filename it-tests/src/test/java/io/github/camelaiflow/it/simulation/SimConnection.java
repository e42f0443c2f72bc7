package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.StoreException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;

/** A process's way to the shared database. Its methods are found by name. */
final class SimConnection extends SimClient {

    private static final long TIMEOUT = 5_000;

    private final SimDatabase database;

    SimConnection(SimBroker broker, SimProcess process, SimDatabase database) {
        super(broker, process);
        this.database = database;
    }

    Map<Integer, Long> offsets(String topic) {
        return asked("offsets", () -> database.deliveries.offsets(topic));
    }

    Deliveries.Answer settle(Deliveries.Settlement settlement) {
        return asked("settle", () -> database.settle(settlement));
    }

    @Override
    boolean refusalsLie() {
        return false;
    }

    private <T> T asked(String what, Supplier<T> effect) {
        try {
            return request(what, TIMEOUT, broker::groupAvailable, StoreRefusal::new, effect);
        } catch (TimeoutException e) {
            throw new StoreException("no answer", e);
        } catch (StoreRefusal e) {
            throw new StoreException(faults.chance(50), "refused", e);
        }
    }

    private static final class StoreRefusal extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
