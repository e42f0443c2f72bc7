package io.github.camelaiflow;

import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stores of a component's flows: flows that name the same one share it. Thread-safe. */
final class Stores {

    private static final String MEMORY = "memory";

    private final AiflowComponent component;
    private final Map<Object, Store> stores = new LinkedHashMap<>();

    Stores(AiflowComponent component) {
        this.component = component;
    }

    /** The store a flow's definition names, or one in memory. */
    synchronized Store store(FlowDefinition definition) {
        FlowDefinition.Store section = definition.store();
        if (section == null) {
            return stores.computeIfAbsent(MEMORY, key -> new MemoryStore(component.clock()));
        }
        throw new UnsupportedOperationException();
    }

    synchronized void close() {
        stores.values().forEach(Store::close);
        stores.clear();
    }
}
