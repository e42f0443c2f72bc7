package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.SteeringHeaders;
import io.github.camelaiflow.store.Message.Header;
import io.github.camelaiflow.wire.KafkaRecords;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** Messages of Camel as bytes to keep, and back. */
final class LetterMessages {

    /** Header of a message that is a replay: the id of the dead letter it was. */
    static final String REPLAY_OF = "aiflow-replay-of";

    private LetterMessages() {}

    /** The message's key, bytes and headers but those that steer Camel; a header that is neither text, number nor bytes is left out. */
    static io.github.camelaiflow.store.Message bytes(Message message) throws InvalidPayloadException {
        List<Header> headers = new ArrayList<>();
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            byte[] value = bytes(header.getValue());
            if (value != null && !SteeringHeaders.steerCamel(header.getKey())) {
                headers.add(new Header(header.getKey(), value));
            }
        }
        byte[] value = message.getBody() == null ? null : message.getMandatoryBody(byte[].class);
        return new io.github.camelaiflow.store.Message(bytes(message.getHeader(KafkaRecords.KEY)), value, headers);
    }

    /**
     * Makes the message what was kept, as a replay: with its key and headers but those that tell of the error.
     *
     * @param value in place of the kept bytes
     */
    static void restore(Message to, String letter, io.github.camelaiflow.store.Message kept, byte[] value) {
        for (Header header : kept.headers()) {
            if (!SteeringHeaders.steerCamel(header.name()) && !SteeringHeaders.tellError(header.name())) {
                to.setHeader(header.name(), text(header.value()));
            }
        }
        to.setHeader(REPLAY_OF, letter);
        if (kept.key() != null) {
            to.setHeader(KafkaRecords.KEY, text(kept.key()));
        }
        to.setBody(value);
    }

    /** What was kept, to be sent as it is: told to be a replay, if there is room to tell. */
    static io.github.camelaiflow.store.Message replay(String letter, io.github.camelaiflow.store.Message kept) {
        List<Header> headers = new ArrayList<>(kept.headers());
        headers.removeIf(header -> header.name().equals(REPLAY_OF));
        headers.add(new Header(REPLAY_OF, letter.getBytes(UTF_8)));
        io.github.camelaiflow.store.Message told =
                new io.github.camelaiflow.store.Message(kept.key(), kept.value(), headers);
        return told.fits() ? told : kept;
    }

    /** The header as text; {@code null} if there is none. */
    static String header(io.github.camelaiflow.store.Message kept, String name) {
        String found = null;
        for (Header header : kept.headers()) {
            if (header.name().equalsIgnoreCase(name) && text(header.value()) instanceof String text) {
                found = text;
            }
        }
        return found;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString().getBytes(UTF_8)
                : null;
    }

    /** Text if the bytes are UTF-8, as transports other than Kafka need it; else the bytes. */
    private static Object text(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }
}
