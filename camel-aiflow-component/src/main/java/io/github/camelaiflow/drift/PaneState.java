package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Reservoir;
import java.time.Instant;

/**
 * What a pane is besides its values.
 *
 * @param first how many records of the segment came before it
 * @param from when its first record came; {@code null} without records
 * @param to when its last record came; {@code null} without records
 * @param sample where its reservoir has got to
 */
record PaneState(long first, Instant from, Instant to, Reservoir.State sample) {

    /** @throws IllegalArgumentException if a pane cannot be like that */
    PaneState {
        if (first < 0 || (from == null) != (to == null) || (from == null) != (sample.seen() == 0)) {
            throw new IllegalArgumentException("a pane has times exactly if it has records");
        }
    }
}
