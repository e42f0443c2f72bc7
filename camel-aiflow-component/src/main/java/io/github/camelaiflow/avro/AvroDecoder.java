package io.github.camelaiflow.avro;

import io.github.camelaiflow.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.SchemaStore;

/**
 * Turns Avro bytes into a record of the reader's schema: finds the schema that wrote them, then resolves by Avro's rules
 * (fields added with a default, removed, renamed by alias, types promoted). Thread-safe.
 *
 * <p>Bytes are not trusted: memory and time are bounded by {@link AvroOptions#maxBytes()} whatever lengths they announce,
 * and records nest at most 200 deep.
 */
public final class AvroDecoder {

    private final AvroOptions options;
    private final SchemaStore.Cache fingerprints = new SchemaStore.Cache();

    /** A decoder with those options. */
    public AvroDecoder(AvroOptions options) {
        this.options = options;
        fingerprints.addSchema(options.reader());
        fingerprints.addSchema(options.plainWriter());
        options.writers().forEach(fingerprints::addSchema);
    }

    /**
     * The one record these bytes hold.
     *
     * @return a record of the reader's schema; strings are {@link org.apache.avro.util.Utf8}, logical types are left as
     *     the numbers and bytes they stand for
     * @throws DataException {@code UNDECODABLE}, if the bytes are longer than allowed, end early or run on after the
     *     record, name a schema nobody knows, were written with one that does not resolve to the reader's, or are no
     *     Avro; with guessed framing the message says so
     * @throws SchemaRegistryException if the registry cannot tell the writer's schema now
     */
    public GenericRecord decode(byte[] bytes) {
        if (bytes.length > options.maxBytes()) {
            throw new DataException(
                    DataException.Reason.UNDECODABLE,
                    List.of(),
                    "Avro bytes must be " + options.maxBytes() + " or fewer, were " + bytes.length);
        }
        Frame frame = Frame.read(options.framing(), bytes);
        Schema writer = writer(frame);
        BoundedDecoder decoder = new BoundedDecoder(bytes, frame.length(), options.maxBytes());
        try {
            GenericRecord decoded = new NestingReader(writer, options.reader()).read(null, decoder);
            if (decoder.remaining() > 0) {
                throw frame.undecodable("the record must end with the bytes, " + decoder.remaining() + " are left");
            }
            return decoded;
        } catch (DataException e) {
            throw e;
        } catch (EOFException e) {
            throw frame.undecodable("the bytes end before the record does");
        } catch (AvroTypeException e) {
            throw frame.undecodable("the record does not resolve to the reader's schema" + conflicts(writer));
        } catch (IOException | RuntimeException e) {
            // Avro's messages may quote the record, and a cause is printed with its message: neither is passed on.
            throw frame.undecodable("the bytes must be a record of the writer's schema");
        }
    }

    private Schema writer(Frame frame) {
        return switch (frame.framing()) {
            case SINGLE_OBJECT -> {
                Schema known = fingerprints.findByFingerprint(frame.schema());
                if (known == null) {
                    throw frame.undecodable("no known schema has its fingerprint");
                }
                yield known;
            }
            case REGISTRY ->
                options.registry()
                        .byId((int) frame.schema())
                        .orElseThrow(() -> frame.undecodable("the registry knows no Avro schema of its id"));
            default -> options.plainWriter();
        };
    }

    /** Where the schemas part, by their places in the reader's schema; nothing if only this record does not resolve. */
    private String conflicts(Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(options.reader(), writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(conflict -> conflict.getType() + " at " + conflict.getLocation())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), all -> all.isEmpty() ? "" : " (" + all + ")"));
    }
}
