/** Outcomes and offsets in one transaction of a store. */
package io.github.camelaiflow.delivery.database;
