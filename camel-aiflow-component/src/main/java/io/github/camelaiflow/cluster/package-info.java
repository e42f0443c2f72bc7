/** Camel's cluster service on a store: of the nodes that share it, one leads. Speaks Camel. */
package io.github.camelaiflow.cluster;
