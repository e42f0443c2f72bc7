package io.github.camelaiflow.delivery;

import java.util.List;
import java.util.Map;

/**
 * What becomes of one batch.
 *
 * @param outcomes one a record, in the order of the batch
 * @param first the first offset taken of each partition
 * @param next the offset to go on with, of each partition of {@code first}
 * @param membership under which the records were taken
 */
public record Settlement(
        List<Outcome> outcomes, Map<Partition, Long> first, Map<Partition, Long> next, Membership membership) {

    public Settlement {
        outcomes = List.copyOf(outcomes);
        first = Map.copyOf(first);
        next = Map.copyOf(next);
    }
}
