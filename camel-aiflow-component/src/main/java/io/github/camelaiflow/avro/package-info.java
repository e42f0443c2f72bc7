/**
 * Reads and writes Avro bytes in plain, single-object and registry framing, resolving the writer's schema to the
 * reader's. Bytes are untrusted: size, lengths, item counts and nesting are bounded before anything is allocated. What is
 * wrong with a record is a {@link io.github.camelaiflow.data.DataException}; a schema registry that is away is not, and
 * has an exception of its own.
 */
package io.github.camelaiflow.avro;
