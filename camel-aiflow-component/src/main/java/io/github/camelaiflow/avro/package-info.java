/** Reads Avro bytes in plain, single-object and registry framing, resolving the writer's schema to the reader's. */
package io.github.camelaiflow.avro;
