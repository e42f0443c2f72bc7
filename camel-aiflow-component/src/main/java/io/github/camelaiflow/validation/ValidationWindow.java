package io.github.camelaiflow.validation;

import java.time.Instant;

/**
 * Which records a window's verdict is about.
 *
 * @param number how many windows were judged before by the same suite and settings, plus 1
 * @param from when its first pane was opened
 * @param to when it was closed
 * @param panes how many panes it is made of; 1 for a tumbling window
 */
public record ValidationWindow(long number, Instant from, Instant to, int panes) {}
