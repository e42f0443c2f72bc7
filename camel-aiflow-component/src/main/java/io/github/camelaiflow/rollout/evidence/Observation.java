package io.github.camelaiflow.rollout.evidence;

/**
 * What one arm made of one record.
 *
 * @param error whether the call failed
 * @param invalid whether there was no usable answer for the record
 * @param millis how long the answer took; NaN if that is not known or shared with others
 * @param score the answer's score; NaN for none
 * @param label the answer's label; {@code null} for none
 */
public record Observation(boolean error, boolean invalid, double millis, double score, String label) {}
