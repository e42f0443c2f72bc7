package io.github.camelaiflow.lint;

/**
 * What becomes of a route's failures.
 *
 * @param deadLetters where a dead-letter channel sends them; {@code null} without one
 * @param dropsUndelivered whether one that cannot be delivered counts as handled
 * @param original whether the message is sent as it came
 * @param policy how it is tried again, as {@link Redeliveries} takes it; {@code null} by default
 */
record ErrorHandling(LintedEndpoint deadLetters, boolean dropsUndelivered, boolean original, Object policy) {

    static final ErrorHandling NONE = new ErrorHandling(null, false, false, null);
}
