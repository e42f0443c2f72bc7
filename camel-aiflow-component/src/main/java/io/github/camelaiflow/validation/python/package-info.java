/** Values, texts and times as Python and pandas see them, because suites are written with these in mind. */
package io.github.camelaiflow.validation.python;
