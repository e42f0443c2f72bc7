/**
 * Reads a message body into records: JSON, Avro records, maps, beans, and lists of these, all seen as maps. Rows are views;
 * what came is never changed.
 */
package io.github.camelaiflow.records;
