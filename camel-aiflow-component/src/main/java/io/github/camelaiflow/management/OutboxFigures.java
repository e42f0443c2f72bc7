package io.github.camelaiflow.management;

import java.time.Instant;

/**
 * What waits in a flow's outbox. Of one moment; immutable.
 *
 * @param waiting messages that were not sent yet
 * @param oldest when the oldest of them was written; {@code null} if none waits
 */
public record OutboxFigures(long waiting, Instant oldest) {}
