package io.github.camelaiflow.delivery;

import java.time.Instant;
import java.util.List;

/**
 * A record as it came.
 *
 * @param key {@code null} if it has none
 * @param value {@code null} for a tombstone
 * @param headers in order; a name may come more than once
 * @param time the record's own timestamp
 */
public record Incoming(Origin origin, byte[] key, byte[] value, List<Header> headers, Instant time) {

    public Incoming {
        headers = List.copyOf(headers);
    }

    /** Without values. */
    @Override
    public String toString() {
        return "Incoming[" + origin + "]";
    }

    /** A header of a message. */
    public record Header(String name, byte[] value) {

        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }
}
