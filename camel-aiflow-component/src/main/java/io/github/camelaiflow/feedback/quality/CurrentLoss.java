package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.WeightedMean;

/**
 * The mean loss of the latest labels: those of the last complete stretch and since. Where stretches begin is fixed beforehand, so that the
 * bounds of each hold. Not thread-safe.
 */
final class CurrentLoss {

    private final long length;
    private final double least;
    private WeightedMean before;
    private WeightedMean now;

    CurrentLoss(long length, double least) {
        this.length = length;
        this.least = least;
        this.before = WeightedMean.ofValues(least);
        this.now = WeightedMean.ofValues(least);
    }

    void add(double loss, double selection) {
        if (now.count() == length) {
            before = now;
            now = WeightedMean.ofValues(least);
        }
        now.add(loss, selection);
    }

    WeightedMean mean() {
        WeightedMean mean = WeightedMean.ofValues(least);
        mean.merge(before);
        mean.merge(now);
        return mean;
    }
}
