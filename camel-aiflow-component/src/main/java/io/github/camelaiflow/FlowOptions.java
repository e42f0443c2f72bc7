package io.github.camelaiflow;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the started endpoints of a flow say together.
 *
 * @param values the options that shape the flow's state, by name; they agree
 * @param operations what is needed
 * @param windows whether records are validated by windows
 * @param named the models that endpoints name, each with the URI of one that does
 */
record FlowOptions(Map<String, String> values, Set<Operation> operations, boolean windows, Map<String, String> named) {

    static FlowOptions of(Collection<AiflowEndpoint> endpoints) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        boolean windows = false;
        Map<String, String> named = new LinkedHashMap<>();
        for (AiflowEndpoint endpoint : endpoints) {
            values.putAll(endpoint.flowOptions());
            operations.add(endpoint.kind());
            windows |= endpoint.judgesWindows();
            for (String model : endpoint.modelNames()) {
                named.put(model, endpoint.getEndpointUri());
            }
        }
        return new FlowOptions(values, operations, windows, named);
    }

    /** These options with more operations. */
    FlowOptions withOperations(Set<Operation> more) {
        Set<Operation> all = new LinkedHashSet<>(operations);
        all.addAll(more);
        return new FlowOptions(values, all, windows, named);
    }

    boolean needs(Operation operation) {
        return operations.contains(operation);
    }

    /** {@code null} if no endpoint has the option. */
    String get(String option) {
        return values.get(option);
    }

    String definition() {
        return values.get("definition");
    }
}
