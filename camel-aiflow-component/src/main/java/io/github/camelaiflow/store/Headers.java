package io.github.camelaiflow.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Headers as text that anybody can read and every database takes: a JSON array of names and values in base64. */
final class Headers {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final JsonMapper MAPPER = new JsonMapper();

    private Headers() {}

    static String text(List<Message.Header> headers) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Message.Header header : headers) {
                json.writeStartObject();
                json.writeStringField("name", header.name());
                if (header.value() != null) {
                    json.writeBinaryField("value", header.value());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    static List<Message.Header> of(String text) {
        List<Message.Header> headers = new ArrayList<>();
        try {
            for (JsonNode header : MAPPER.readTree(text)) {
                JsonNode value = header.get("value");
                headers.add(new Message.Header(
                        header.required("name").textValue(), value == null ? null : value.binaryValue()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw StoreException.refused("The store's headers of a message are not what was written");
        }
        return headers;
    }
}
