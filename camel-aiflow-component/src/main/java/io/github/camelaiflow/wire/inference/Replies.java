package io.github.camelaiflow.wire.inference;

import io.github.camelaiflow.openinference.EncodedMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers of the server. */
final class Replies {

    private Replies() {}

    static void json(Message message, int status, byte[] body) {
        reply(message, status, new EncodedMessage(body, -1));
    }

    static void reply(Message message, int status, EncodedMessage encoded) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, encoded.contentType());
        if (encoded.jsonLengthHeader() != null) {
            message.setHeader(EncodedMessage.JSON_LENGTH_HEADER, encoded.jsonLengthHeader());
        }
        message.setBody(encoded.body());
    }
}
