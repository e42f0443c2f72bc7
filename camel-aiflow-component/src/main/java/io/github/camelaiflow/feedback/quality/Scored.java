package io.github.camelaiflow.feedback.quality;

import java.time.Instant;

/**
 * What is kept of an outcome until it has matured.
 *
 * @param position in the feed
 * @param segment {@code null} without segments
 * @param predicted its label; {@code null} for a regression
 * @param actual its true label; {@code null} for a regression
 * @param right whether both are the same
 * @param positiveScore probability of the positive label; NaN if there is none
 * @param first Brier loss, or absolute error, from 0 to 1; NaN if it cannot be told
 * @param second logarithmic loss, or squared error
 * @param loss that harm is judged by; NaN if it cannot be told
 * @param selection chance with which it was labelled
 * @param unit a number from 0 to 1 that nothing but the prediction's id decides
 */
record Scored(
        long position,
        String version,
        Name segment,
        Name predicted,
        Name actual,
        boolean right,
        double positiveScore,
        double first,
        double second,
        double loss,
        double selection,
        double unit,
        Instant predictedAt,
        Instant knownAt) {

    boolean classified() {
        return predicted != null;
    }
}
