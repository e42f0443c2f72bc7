package io.github.camelaiflow.feedback.quality;

import java.time.Instant;
import java.util.List;

/**
 * Quality of one window. Immutable.
 *
 * @param window its number, from 1; of a stretch of time the number of such stretches since 1970
 * @param from when its first prediction was made
 * @param to when its last one was
 * @param matured whether all its predictions have had their chance of a label
 * @param labels how many labels it has
 * @param metrics what they tell
 */
public record WindowQuality(long window, Instant from, Instant to, boolean matured, long labels, List<Metric> metrics) {

    public WindowQuality {
        metrics = List.copyOf(metrics);
    }
}
