package io.github.camelaiflow.validation.report;

import java.time.Instant;

/**
 * How a page is made.
 *
 * @param flow the flow it is about; {@code null} if there is none
 * @param time when it is made; {@code null} to leave that out
 * @param showValues whether values of records may be shown: unexpected values, categories that neither suite nor schema name,
 *     smallest and largest numbers, what aggregates observed
 */
public record Settings(String flow, Instant time, boolean showValues) {}
