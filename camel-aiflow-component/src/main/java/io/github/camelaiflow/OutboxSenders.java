package io.github.camelaiflow;

import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which routes send what waits in a flow's outbox. One of them sends for all, by transactions that are named after the group: so it must reach the
 * same brokers, and have the same name, whichever it is. Thread-safe.
 */
final class OutboxSenders {

    private final Map<String, Map<String, Sender>> flows = new HashMap<>();

    private record Sender(String endpoint, DeliveryConfig config) {}

    /**
     * Notes a route, in place of what was noted for one of its name.
     *
     * @throws IllegalArgumentException if another route of the flow would send otherwise; then nothing is noted
     */
    synchronized void add(String flow, String endpoint, DeliveryConfig config) {
        Map<String, Sender> senders = flows.computeIfAbsent(flow, name -> new HashMap<>());
        for (Map.Entry<String, Sender> other : senders.entrySet()) {
            List<String> differences = differences(config, other.getValue().config());
            if (!other.getKey().equals(config.route()) && !differences.isEmpty()) {
                throw new IllegalArgumentException("Routes " + other.getKey() + " ("
                        + other.getValue().endpoint() + ") and " + config.route() + " (" + endpoint
                        + ") with delivery=database share the outbox of flow " + flow
                        + ", which one of them sends: their "
                        + String.join(", ", differences)
                        + " must be the same, or each route must have a flow of its own");
            }
        }
        senders.put(config.route(), new Sender(endpoint, config));
    }

    synchronized void remove(String flow, String route) {
        flows.getOrDefault(flow, new HashMap<>()).remove(route);
    }

    /** Names alone: properties may be secrets. */
    private static List<String> differences(DeliveryConfig one, DeliveryConfig other) {
        List<String> differences = new ArrayList<>();
        if (!one.groupId().equals(other.groupId())) {
            differences.add("groupId");
        }
        if (!brokers(one).equals(brokers(other))) {
            differences.add("brokers");
        }
        if (!one.transactionTimeout().equals(other.transactionTimeout())) {
            differences.add("transactionTimeout");
        }
        if (!one.producerProperties().equals(other.producerProperties())) {
            differences.add("properties of Kafka's producers");
        }
        return differences;
    }

    private static Set<String> brokers(DeliveryConfig config) {
        return Arrays.stream(config.brokers().split(",")).map(String::strip).collect(Collectors.toSet());
    }
}
