package io.github.camelaiflow.statistics.change;

import java.util.List;

/**
 * What a detector keeps, as numbers: what they mean is the detector's own matter. Values of the stream are among them only if a
 * conformal detector learned its reference from it.
 *
 * @param longs counts; no nulls
 * @param doubles finite numbers; no nulls
 */
public record DetectorState(List<Long> longs, List<Double> doubles) {

    public DetectorState {
        longs = List.copyOf(longs);
        doubles = List.copyOf(doubles);
    }
}
