package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.python.Unjudgeable;

/**
 * A row expectation that a record does not meet.
 *
 * @param position its place in the plan
 * @param message what is required, where that is more than the plan's reason says; else {@code null}
 * @param error why it could not be judged; {@code null} if it was
 */
record Unmet(int position, String message, Unjudgeable error) {}
