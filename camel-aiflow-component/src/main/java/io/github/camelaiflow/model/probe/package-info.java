/** Model files are tried in a JVM of their own first: one that crashes it takes nothing else along. */
package io.github.camelaiflow.model.probe;
