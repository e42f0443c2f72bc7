/**
 * Joins late labels to predictions and accounts for both. {@link io.github.camelaiflow.feedback.Feedback} is the way in; what was predicted
 * and what turned out to be true is in {@code outcome}.
 */
package io.github.camelaiflow.feedback;
