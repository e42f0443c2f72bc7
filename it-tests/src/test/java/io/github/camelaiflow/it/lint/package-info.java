/** What each rule of the linter stands on: the flagged configuration loses or doubles at a fault, the mended one does not. */
package io.github.camelaiflow.it.lint;
