/**
 * Values, texts, dates and expressions as Python and pandas see them, because suites are written with these in mind.
 * Expressions (row conditions, suite parameters) are parsed into data and evaluated, never executed.
 */
package io.github.camelaiflow.validation.python;
