package io.github.camelaiflow.it.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.Origin;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record that the upstream sends, and what has to become of it. */
record Input(String key, Kind kind, int number) {

    static final String ORIGIN = "origin";

    enum Kind {
        DECIDED,
        /** The processor makes a dead letter of it. */
        POISON,
        /** Its decision is larger than the broker takes. */
        TOO_LARGE
    }

    byte[] keyBytes() {
        return key.getBytes(UTF_8);
    }

    byte[] value() {
        return (kind + " " + number).getBytes(UTF_8);
    }

    static Headers headers(Origin origin) {
        return new RecordHeaders(
                List.of(new RecordHeader(ORIGIN, origin.toString().getBytes(UTF_8))));
    }

    /** Topic and value of the outcome. */
    String outcome() {
        return kind == Kind.DECIDED
                ? "out: decided " + new String(value(), UTF_8)
                : "dead: " + new String(value(), UTF_8);
    }
}
