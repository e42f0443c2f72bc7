package io.github.camelaiflow.feedback.quality;

import java.time.Instant;

/**
 * An alarm of the detector. Immutable.
 *
 * @param label the number of the label it came with, among those the detector was shown
 * @param at the feed's time then
 * @param changedLabel the number of the label since which the losses have most likely changed; 0 if the detector doesn't say
 * @param changedAt when that label's prediction was made, at most 4,096 labels back; {@code null} if the detector doesn't say
 */
public record Alarm(long label, Instant at, long changedLabel, Instant changedAt) {}
