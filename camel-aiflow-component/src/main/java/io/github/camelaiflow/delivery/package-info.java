/**
 * Records that enter and what becomes of them: each ends as exactly one decision or dead letter, whatever dies in between. Takes batches
 * from Kafka, has them judged, and makes their outcomes and offsets visible together.
 */
package io.github.camelaiflow.delivery;
