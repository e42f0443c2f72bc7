package io.github.camelaiflow.drift;

import io.github.camelaiflow.store.Store;
import java.util.Objects;

/**
 * Where a monitor keeps its open windows, and under which names. Values of records are kept there until their window is judged.
 *
 * @param store shared by all nodes of the flow
 * @param flow the flow's name
 * @param node this node's name, the same after a restart; empty if it has none
 * @param process names this process unlike all others and those before it
 */
public record DriftStore(Store store, String flow, String node, String process) {

    public DriftStore {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(process, "process");
    }

    String space() {
        return "drift/" + flow;
    }
}
