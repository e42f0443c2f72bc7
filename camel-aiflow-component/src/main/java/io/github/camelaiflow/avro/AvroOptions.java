package io.github.camelaiflow.avro;

import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * How Avro bytes are read.
 *
 * @param reader the schema records are resolved to; a record
 * @param framing how the bytes name the writer's schema; default {@link Framing#AUTO}
 * @param plainWriter the schema plain bytes were written with; default the reader's
 * @param writers schemas known by their fingerprints, besides the two above; default none
 * @param registry knows schemas by id; default one that knows none
 * @param maxBytes the longest message taken, in bytes with its frame; also the most items that all arrays and maps of
 *     one record hold together; default 1 MiB
 */
public record AvroOptions(
        Schema reader,
        Framing framing,
        Schema plainWriter,
        List<Schema> writers,
        SchemaRegistry registry,
        int maxBytes) {

    private static final int DEFAULT_MAX_BYTES = 1 << 20;

    /** @throws IllegalArgumentException if the reader's schema is no record, or maxBytes is below 1 */
    public AvroOptions {
        Objects.requireNonNull(framing, "framing");
        Objects.requireNonNull(plainWriter, "plainWriter");
        Objects.requireNonNull(registry, "registry");
        writers = List.copyOf(writers);
        if (reader.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("the reader's schema must be a record, was " + reader.getType());
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be 1 or more, was " + maxBytes);
        }
    }

    /** The defaults for that reader's schema. */
    public static AvroOptions of(Schema reader) {
        return new AvroOptions(reader, Framing.AUTO, reader, List.of(), SchemaRegistry.none(), DEFAULT_MAX_BYTES);
    }

    /** These options with that framing. */
    public AvroOptions withFraming(Framing framing) {
        return new AvroOptions(reader, framing, plainWriter, writers, registry, maxBytes);
    }

    /** These options, plain bytes being written with that schema. */
    public AvroOptions withPlainWriter(Schema plainWriter) {
        return new AvroOptions(reader, framing, plainWriter, writers, registry, maxBytes);
    }

    /** These options with those schemas known by fingerprint. */
    public AvroOptions withWriters(List<Schema> writers) {
        return new AvroOptions(reader, framing, plainWriter, writers, registry, maxBytes);
    }

    /** These options with that registry. */
    public AvroOptions withRegistry(SchemaRegistry registry) {
        return new AvroOptions(reader, framing, plainWriter, writers, registry, maxBytes);
    }

    /** These options with that longest message. */
    public AvroOptions withMaxBytes(int maxBytes) {
        return new AvroOptions(reader, framing, plainWriter, writers, registry, maxBytes);
    }
}
