/**
 * Faults with real processes: brokers and apps are killed, stopped and cut off while records run through, and what came out is compared, id
 * by id, with a run in which nothing happened. {@code docs/delivery-figures.md} has the results.
 */
package io.github.camelaiflow.it.campaign;
