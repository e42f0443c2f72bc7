package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How soon things went on. Milliseconds; -1 if nothing came after the fault, since all was done before.
 *
 * @param allMs from the fault's end until each partition in which something was left had an outcome
 * @param firstMs from the fault's end until the first outcome
 * @param readyMs from the restarted app's readiness until the first outcome
 */
record Recovery(long allMs, long firstMs, long readyMs) {

    static Recovery of(List<Entry> slice, List<Outcome> seen, Injected injected) {
        Map<String, Integer> partition = new HashMap<>();
        slice.forEach(entry -> partition.put(entry.key(), entry.partition()));
        Map<Integer, Long> first = new HashMap<>();
        for (Outcome outcome : seen) {
            if (partition.containsKey(outcome.key()) && outcome.time() - injected.healed() >= 0) {
                first.merge(partition.get(outcome.key()), outcome.time(), Math::min);
            }
        }
        if (first.isEmpty()) {
            return new Recovery(-1, -1, -1);
        }
        long earliest = first.values().stream().mapToLong(Long::longValue).min().getAsLong();
        long latest = first.values().stream().mapToLong(Long::longValue).max().getAsLong();
        return new Recovery(
                millis(latest - injected.healed()),
                millis(earliest - injected.healed()),
                injected.ready() == 0 ? -1 : millis(earliest - injected.ready()));
    }

    static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
