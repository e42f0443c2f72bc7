package io.github.camelaiflow.avro;

import java.util.Locale;

/** How Avro bytes say which schema wrote them. */
public enum Framing {
    /**
     * By the first bytes: {@code C3 01} is single-object, {@code 00} registry framing, all else plain. A guess: a plain
     * record may start with the same bytes (an empty string, a zero, the first branch of a union), and is then read
     * wrongly or refused. Where senders write plain records, say {@link #PLAIN}.
     */
    AUTO,
    /** Nothing but the record; the writer's schema is agreed beforehand. */
    PLAIN,
    /**
     * Avro's single-object encoding: {@code C3 01}, the CRC-64-AVRO fingerprint of the writer's schema as 8 bytes little
     * endian, the record.
     */
    SINGLE_OBJECT,
    /** A schema registry's wire format: {@code 00}, the id of the writer's schema as 4 bytes big endian, the record. */
    REGISTRY;

    /** The name in lower case with hyphens, as options write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
