package io.github.camelaiflow.validation;

/**
 * An expectation of a suite that a validation leaves out, visibly.
 *
 * @param type its type as written
 * @param column what it is about; empty if that is not known or the table
 * @param why why it is left out
 */
public record NotEvaluated(String type, String column, String why) {}
