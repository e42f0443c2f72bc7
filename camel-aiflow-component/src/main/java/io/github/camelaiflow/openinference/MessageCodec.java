package io.github.camelaiflow.openinference;

import java.util.Objects;

/**
 * Inference requests and responses to bytes and back, JSON and the binary extension. Data is written flat, and read flat or
 * nested. Whatever the bytes, reading gives a message or a {@link ProtocolException}. Immutable and thread-safe.
 */
public final class MessageCodec {

    private final Limits limits;

    /** A codec that takes no message beyond the limits; they don't bind what is written. */
    public MessageCodec(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * A request's bytes.
     *
     * @param binary whether its tensors go in binary; those that have no form in JSON (FP16, BF16, NaN and infinite numbers,
     *     BYTES that are no UTF-8) do in any case
     */
    public EncodedMessage encode(InferRequest request, boolean binary) {
        return MessageWriter.request(request, binary);
    }

    /**
     * A response's bytes: those of its outputs that were asked for, in binary where that was asked for.
     *
     * @throws ProtocolException if an output not asked for in binary has no form in JSON
     */
    public EncodedMessage encode(InferResponse response, InferRequest asked) {
        return MessageWriter.response(response, asked);
    }

    /**
     * Reads a request. What it holds beyond the protocol is left out.
     *
     * @param jsonLength value of header {@value EncodedMessage#JSON_LENGTH_HEADER}; {@code null} if there is none
     * @throws ProtocolException if it is none
     */
    public InferRequest readRequest(byte[] body, String jsonLength) {
        MessageReader reader = MessageReader.read(body, jsonLength, limits, MessageReader.Kind.REQUEST);
        return new InferRequest(reader.id(), reader.parameters(), reader.tensors(), reader.requested());
    }

    /**
     * Reads a response. What it holds beyond the protocol is left out.
     *
     * @param jsonLength value of header {@value EncodedMessage#JSON_LENGTH_HEADER}; {@code null} if there is none
     * @throws ProtocolException if it is none
     */
    public InferResponse readResponse(byte[] body, String jsonLength) {
        MessageReader reader = MessageReader.read(body, jsonLength, limits, MessageReader.Kind.RESPONSE);
        return new InferResponse(
                reader.modelName(), reader.modelVersion(), reader.id(), reader.parameters(), reader.tensors());
    }
}
