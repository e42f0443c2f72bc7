package io.github.camelaiflow.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Decodes Avro's binary encoding from a byte array that nobody vouches for. Avro's own decoder allocates a string's or
 * array's announced length before it looks whether so many bytes are there; this one looks first. Items may take no bytes
 * at all (nulls, empty records), hence all arrays and maps together have a budget of items.
 */
final class BoundedDecoder extends Decoder {

    private final BinaryDecoder in;
    private final byte[] one = new byte[1];
    private long items;

    /** @param maxItems how many items all arrays and maps may have together */
    BoundedDecoder(byte[] bytes, int offset, long maxItems) {
        in = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
        items = maxItems;
    }

    int remaining() throws IOException {
        return in.inputStream().available();
    }

    private int checkedLength(long length) throws IOException {
        if (length < 0) {
            throw new AvroRuntimeException("a length must not be negative");
        }
        if (length > remaining()) {
            throw new EOFException();
        }
        return (int) length;
    }

    private long itemCount() throws IOException {
        long count = in.readLong();
        if (count < 0) {
            checkedLength(in.readLong());
            count = -count;
        }
        if (count < 0 || count > items) {
            throw new AvroRuntimeException("too many items");
        }
        items -= count;
        return count;
    }

    /** Skips blocks whose size in bytes is told, and returns the count of the first one that must be read. */
    private long skipItems() throws IOException {
        long count = in.readLong();
        while (count < 0) {
            in.skipFixed(checkedLength(in.readLong()));
            count = in.readLong();
        }
        if (count > items) {
            throw new AvroRuntimeException("too many items");
        }
        items -= count;
        return count;
    }

    private byte[] readChunk() throws IOException {
        byte[] chunk = new byte[checkedLength(in.readLong())];
        in.readFixed(chunk);
        return chunk;
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        in.readFixed(one);
        if (one[0] != 0 && one[0] != 1) {
            throw new AvroRuntimeException("a boolean must be 0 or 1");
        }
        return one[0] == 1;
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readChunk());
    }

    @Override
    public String readString() throws IOException {
        return new String(readChunk(), StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(readChunk());
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(checkedLength(in.readLong()));
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(checkedLength(length));
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }

    @Override
    public long readArrayStart() throws IOException {
        return itemCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipArray() throws IOException {
        return skipItems();
    }

    @Override
    public long readMapStart() throws IOException {
        return itemCount();
    }

    @Override
    public long mapNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipMap() throws IOException {
        return skipItems();
    }
}
