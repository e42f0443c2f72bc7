/**
 * Where a flow's state outlives its process: documents with a revision, and logs. In memory unless a store is configured. Knows
 * no feature.
 */
package io.github.camelaiflow.store;
