package io.github.camelaiflow.feedback.quality;

import java.time.Instant;

/**
 * Evidence of harm at some time. Immutable.
 *
 * @param labels how many labels were judged by then
 * @param at the time of the feed
 * @param logEvidence logarithm of the e-value
 */
public record EvidencePoint(long labels, Instant at, double logEvidence) {}
