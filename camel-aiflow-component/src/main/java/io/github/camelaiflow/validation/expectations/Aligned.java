package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Expected categories, then those that came unexpected, each with the observed and the expected share. Unexpected ones have
 * equal shares of what {@code tail_weight_holdout} holds back.
 */
record Aligned(List<Object> values, List<Double> observed, List<Double> expected) {

    static Aligned of(Categories categories, ValueCounts counts, double holdout) throws Unjudgeable {
        if (!counts.complete() && holdout > 0) {
            throw new Unjudgeable("more different values came than the memory of a window can count one by one;"
                    + " name the frequent ones in partition_object");
        }
        List<Object> values = new ArrayList<>(categories.values());
        List<Double> observed = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        Set<Object> known = new HashSet<>(categories.keys());
        double total = counts.total();
        categories.keys().forEach(key -> observed.add(counts.times(key) / total));
        counts.others(known).forEach(other -> {
            values.add(other.value());
            observed.add(other.times() / total);
        });
        int others = values.size() - known.size();
        double scale = others == 0 ? 1 : 1 - holdout;
        categories.weights().forEach(weight -> expected.add(weight * scale));
        for (int i = 0; i < others; i++) {
            expected.add(holdout / others);
        }
        return new Aligned(values, observed, expected);
    }

    /** GX's {@code observed_partition} and {@code expected_partition}, with weights times the factor, cut if very long. */
    Map<String, Object> details(double factor) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("observed_partition", partition(observed, factor));
        details.put("expected_partition", partition(expected, factor));
        if (values.size() > DistinctValues.SHOWN) {
            details.put("partitions_cut", DistinctValues.SHOWN + " of " + values.size() + " different values");
        }
        return details;
    }

    private Map<String, Object> partition(List<Double> weights, double factor) {
        int shown = Math.min(DistinctValues.SHOWN, values.size());
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("values", List.copyOf(values.subList(0, shown)));
        partition.put(
                "weights",
                weights.subList(0, shown).stream()
                        .map(weight -> weight * factor)
                        .toList());
        return partition;
    }
}
