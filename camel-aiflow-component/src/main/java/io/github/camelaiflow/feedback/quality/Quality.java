package io.github.camelaiflow.feedback.quality;

import java.util.List;

/**
 * Quality of some predictions. Immutable.
 *
 * @param labels how many labels tell it
 * @param labelledShare the share of these predictions that is labelled: the lower, the more may labels that come early or at all differ
 *     from the rest; NaN if it isn't known how many were predicted
 * @param metrics what they tell; empty without labels
 */
public record Quality(long labels, double labelledShare, List<Metric> metrics) {

    public Quality {
        metrics = List.copyOf(metrics);
    }
}
