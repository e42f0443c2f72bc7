package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.openinference.EncodedMessage;
import java.io.IOException;

/**
 * Carries requests to a server and its replies back. Thread-safe. A call ends with an {@link IOException} when its thread is
 * interrupted, or else when the connection is closed under it.
 */
public interface Transport extends AutoCloseable {

    /** Asks for the server's metadata: {@code GET v2}. */
    Reply server() throws IOException;

    /** Asks for the model's metadata: {@code GET v2/models/{model}}. */
    Reply metadata() throws IOException;

    /** Asks the model: {@code POST v2/models/{model}/infer}. */
    Reply infer(EncodedMessage request) throws IOException;

    /** Frees what the transport holds. Idempotent. */
    @Override
    void close();

    /**
     * What the server answered.
     *
     * @param status the HTTP status
     * @param body with status 200 the whole body; with others it may be cut
     * @param jsonLength value of header {@value EncodedMessage#JSON_LENGTH_HEADER}; {@code null} if there is none
     */
    record Reply(int status, byte[] body, String jsonLength) {}

    /** The server answered with more bytes than are taken. */
    final class BodyTooLong extends IOException {

        private static final long serialVersionUID = 1L;

        /** @param maxBytes how many are taken */
        public BodyTooLong(int maxBytes) {
            super("a body must be " + maxBytes + " bytes or fewer");
        }
    }
}
