package io.github.camelaiflow.validation.suggest;

/**
 * An expectation that was considered and not suggested.
 *
 * @param column the field, or fields with a comma; empty for the table
 * @param expectation GX's name of it
 * @param why it was left out; no value of a record in it
 * @param rowsNeeded how many rows of such a sample it would take, about; {@code null} if more rows would not help
 */
public record LeftOut(String column, String expectation, String why, Long rowsNeeded) {}
