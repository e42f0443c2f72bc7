package io.github.camelaiflow.avro;

import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Parses schemas; Avro's own parser fails with many kinds of exception, NullPointerException among them. */
final class SchemaText {

    private SchemaText() {}

    /** @throws SchemaParseException if the text is no Avro schema */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            SchemaParseException exception = new SchemaParseException("no Avro schema: " + e.getMessage());
            exception.initCause(e);
            throw exception;
        }
    }
}
