package io.github.camelaiflow.management;

import java.time.Instant;

/**
 * How many dead letters of a flow there are. Of one moment; immutable.
 *
 * @param fresh nobody did anything about them
 * @param replaying somebody began to replay them and has not said how it ended
 * @param oldestOpen when the oldest of these two was set aside; {@code null} if there is none
 */
public record LetterFigures(long fresh, long replaying, long replayed, long discarded, Instant oldestOpen) {}
