/** Sends what was written to outboxes of the store: in order, by one node at a time. */
package io.github.camelaiflow.delivery.outbox;
