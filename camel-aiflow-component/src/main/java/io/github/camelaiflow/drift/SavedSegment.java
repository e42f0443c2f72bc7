package io.github.camelaiflow.drift;

import java.time.Instant;
import java.util.List;

/**
 * What of a segment outlives its process.
 *
 * @param number how many windows there were
 * @param status the verdict that holds
 * @param opened when the open pane's time began; {@code null} if it had not, or windows are no times
 * @param panes the open one last
 * @param summaries what is left of the panes before, oldest first
 */
record SavedSegment(long number, DriftStatus status, Instant opened, List<Pane> panes, List<PaneSummary> summaries) {}
