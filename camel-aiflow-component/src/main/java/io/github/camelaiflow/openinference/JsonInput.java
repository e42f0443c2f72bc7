package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON text that isn't trusted, read token by token; what is wrong names a place and no value. Not thread-safe. */
final class JsonInput {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;

    /** Reads one field's value, of which the first token is current, to its last token. */
    interface FieldReader {
        void read(String field) throws IOException;
    }

    /** Reads one element, of which the first token is current, to its last token. */
    interface ElementReader {
        void read(int index) throws IOException;
    }

    JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    JsonParser parser() {
        return parser;
    }

    /** @throws ProtocolException if the current token doesn't begin an object */
    void object(String place, FieldReader reader) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, place, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            reader.read(field);
        }
    }

    /** @throws ProtocolException if the current token doesn't begin an array, or it has too many elements */
    void array(String place, int most, ElementReader reader) throws IOException {
        require(parser.currentToken() == JsonToken.START_ARRAY, place, "an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            require(i < most, place, "of " + most + " elements or fewer");
            reader.read(i);
        }
    }

    /** An id or a name. */
    String name(String place) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING, place, "a text");
        require(parser.getTextLength() <= Limits.MAX_NAME, place, "of " + Limits.MAX_NAME + " characters or fewer");
        return parser.getText();
    }

    /** An id or a name, or {@code null}. */
    String nameOrNull(String place) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : name(place);
    }

    long whole(String place) throws IOException {
        require(
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
                place,
                "a whole number of 64 bits");
        return parser.getLongValue();
    }

    /** Texts, numbers and Booleans by name; whatever else is there is left out. */
    Map<String, Object> parameters(String place) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        object(place, name -> {
            Object value = scalar();
            if (value != null) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    private Object scalar() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? null : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> finiteOrNull(parser.getDoubleValue());
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    private static Double finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static void require(boolean fulfilled, String place, String requirement) {
        if (!fulfilled) {
            throw new ProtocolException(place + " must be " + requirement);
        }
    }
}
