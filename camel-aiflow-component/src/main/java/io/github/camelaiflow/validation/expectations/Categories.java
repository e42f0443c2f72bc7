package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * GX's categorical {@code partition_object}: values and their expected shares.
 *
 * @param values as they were written
 * @param keys what they are looked up by, in the same order
 * @param weights their shares, which add up to 1
 */
record Categories(List<Object> values, List<Object> keys, List<Double> weights) {

    /** Whether an object has the parts of such a partition. */
    static boolean described(Object given) {
        return given instanceof Map<?, ?> map && map.containsKey("values") && map.containsKey("weights");
    }

    /** The required argument of that name; empty after a problem. */
    static Categories read(Arguments arguments, String name) {
        Categories none = new Categories(List.of(), List.of(), List.of());
        if (!(arguments.value(name) instanceof Map<?, ?> map)
                || !(map.get("values") instanceof List<?> values)
                || values.isEmpty()
                || values.stream().anyMatch(Objects::isNull)) {
            arguments.problem(name + " must be given, with the lists values and weights");
            return none;
        }
        List<Double> weights = Weights.read(arguments, name, map.get("weights"));
        if (weights.size() != values.size()) {
            arguments.problem(name + " must have as many weights as values");
            return none;
        }
        Weights.requireSum(arguments, name, weights);
        return new Categories(List.copyOf(values), keys(arguments, name, values), weights);
    }

    private static List<Object> keys(Arguments arguments, String name, List<?> values) {
        List<Object> keys = new ArrayList<>();
        for (Object value : values) {
            try {
                keys.add(Keys.of(value));
            } catch (Unjudgeable e) {
                arguments.problem("values of " + name + " must be plain values");
            }
        }
        if (new HashSet<>(keys).size() < keys.size()) {
            arguments.problem("values of " + name + " must differ from each other; add up the weights of equal ones");
        }
        return keys;
    }

    Set<Object> keySet() {
        return new HashSet<>(keys);
    }
}
