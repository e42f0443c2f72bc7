package io.github.camelaiflow.feedback;

import java.time.Instant;

/**
 * How many predictions of a version were tracked in a span of time, by all nodes together.
 *
 * @param start of the span
 * @param end of the span, not in it
 */
public record TrackedSpan(String version, Instant start, Instant end, long predictions) {}
