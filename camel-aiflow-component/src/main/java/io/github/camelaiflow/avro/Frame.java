package io.github.camelaiflow.avro;

import io.github.camelaiflow.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What stands before a record.
 *
 * @param framing never {@link Framing#AUTO}
 * @param schema the fingerprint or id it carries; 0 if plain
 * @param guessed whether the framing was told from the first bytes
 */
record Frame(Framing framing, long schema, boolean guessed) {

    private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};
    private static final byte REGISTRY = 0;

    static Frame read(Framing wanted, byte[] bytes) {
        boolean guess = wanted == Framing.AUTO;
        Framing framing = guess ? guess(bytes) : wanted;
        Frame blank = new Frame(framing, 0, guess);
        if (framing == Framing.PLAIN) {
            return blank;
        }
        if (bytes.length < blank.length() || guess(bytes) != framing) {
            throw blank.undecodable("the bytes must start with its " + blank.length() + " byte header");
        }
        long schema = framing == Framing.SINGLE_OBJECT
                ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(SINGLE_OBJECT.length)
                : ByteBuffer.wrap(bytes).getInt(1);
        return new Frame(framing, schema, guess);
    }

    private static Framing guess(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == SINGLE_OBJECT[0] && bytes[1] == SINGLE_OBJECT[1]) {
            return Framing.SINGLE_OBJECT;
        }
        return bytes.length >= 1 && bytes[0] == REGISTRY ? Framing.REGISTRY : Framing.PLAIN;
    }

    /** How many bytes stand before the record. */
    int length() {
        return switch (framing) {
            case SINGLE_OBJECT -> SINGLE_OBJECT.length + Long.BYTES;
            case REGISTRY -> 1 + Integer.BYTES;
            default -> 0;
        };
    }

    byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(length());
        switch (framing) {
            case SINGLE_OBJECT ->
                header.put(SINGLE_OBJECT).order(ByteOrder.LITTLE_ENDIAN).putLong(schema);
            case REGISTRY -> header.put(REGISTRY).putInt((int) schema);
            default -> {}
        }
        return header.array();
    }

    /** What is wrong with bytes so framed, and whether the framing itself is in doubt. */
    DataException undecodable(String problem) {
        String read = "Avro bytes read as " + framing + " framing: " + problem;
        if (guessed) {
            read += "; the framing was guessed from the first bytes: if it is another, set it";
        }
        return new DataException(DataException.Reason.UNDECODABLE, List.of(), read);
    }
}
