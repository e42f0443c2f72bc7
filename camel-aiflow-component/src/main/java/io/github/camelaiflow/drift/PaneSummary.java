package io.github.camelaiflow.drift;

import java.time.Instant;
import java.util.List;

/**
 * What is left of a pane: how many of its records were in each bin, by field.
 *
 * @param first how many records of the segment came before it
 * @param records how many records it had, kept or not
 * @param from when its first record came
 * @param counts by field and bin, of the records kept
 */
record PaneSummary(long first, long records, Instant from, List<int[]> counts) {

    PaneSummary {
        counts = List.copyOf(counts);
    }
}
