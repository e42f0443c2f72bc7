/**
 * What can be expected: one class per kind of expectation, a {@link ValueCheck} for what one record can meet by itself, a
 * {@link BatchCheck} for what takes many. {@link ExpectationTypes} finds them by GX's names; a new one is a class and a line
 * in one of the {@code …Expectations} classes.
 */
package io.github.camelaiflow.validation.expectations;
