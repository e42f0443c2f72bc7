/** Finds configurations of Camel routes that are known to lose or double records, before any consumer starts. */
package io.github.camelaiflow.lint;
