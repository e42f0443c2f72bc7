package io.github.camelaiflow.validation.expectations;

/**
 * An expectation of one record that is a Jakarta constraint: Hibernate Validator judges it by the constraint's own validators.
 * What an {@link Operand} reads is judged, of one column.
 */
public non-sealed interface ConstraintCheck extends Check {}
