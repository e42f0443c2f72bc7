package io.github.camelaiflow.avro;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.ResolvingDecoder;

/**
 * Reads one generic record whose records nest to a bounded depth, so that a recursive schema and hostile bytes cannot
 * exhaust the stack. One per decoding: it counts.
 */
final class NestingReader extends GenericDatumReader<GenericRecord> {

    static final int MAX_DEPTH = 200;

    /** The fast reader would pass by {@link #readRecord}. */
    private static final GenericData DATA = new GenericData().setFastReaderEnabled(false);

    private int depth;

    NestingReader(Schema writer, Schema reader) {
        super(writer, reader, DATA);
    }

    @Override
    protected Object readRecord(Object old, Schema expected, ResolvingDecoder in) throws IOException {
        if (++depth > MAX_DEPTH) {
            throw new AvroRuntimeException("records nest too deep");
        }
        Object record = super.readRecord(old, expected, in);
        depth--;
        return record;
    }
}
