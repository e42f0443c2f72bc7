package io.github.camelaiflow.avro;

import io.github.camelaiflow.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes records of one schema in the framings {@link AvroDecoder} reads. Thread-safe. */
public final class AvroEncoder {

    private final Schema schema;
    private final long fingerprint;

    /** An encoder for records of that schema. */
    public AvroEncoder(Schema schema) {
        this.schema = schema;
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    }

    /**
     * The record alone.
     *
     * @throws DataException {@code INVALID}, if the record does not fit the schema
     */
    public byte[] plain(GenericRecord datum) {
        return encode(new Frame(Framing.PLAIN, 0, false), datum);
    }

    /**
     * The record in single-object encoding.
     *
     * @throws DataException {@code INVALID}, if the record does not fit the schema
     */
    public byte[] singleObject(GenericRecord datum) {
        return encode(new Frame(Framing.SINGLE_OBJECT, fingerprint, false), datum);
    }

    /**
     * The record in registry framing.
     *
     * @param id what the registry calls this encoder's schema
     * @throws DataException {@code INVALID}, if the record does not fit the schema
     */
    public byte[] registry(int id, GenericRecord datum) {
        return encode(new Frame(Framing.REGISTRY, id, false), datum);
    }

    private byte[] encode(Frame frame, GenericRecord datum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame.header());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
        } catch (IOException | RuntimeException e) {
            // Avro's messages quote the values they complain of, so they are not passed on.
            throw new DataException(
                    DataException.Reason.INVALID,
                    List.of(),
                    "a record to be written must fit Avro schema " + schema.getFullName());
        }
        return bytes.toByteArray();
    }
}
