package io.github.camelaiflow.model.xgboost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads JSON value by value, so that memory is bounded by what the file holds and never by what it declares. Not
 * thread-safe.
 */
final class JsonValues {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 65_536;
    /** XGBoost writes NaN and Infinity as they are, as statistics of a split. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_TEXT)
                    .maxNumberLength(64)
                    .build())
            .build();

    private final JsonParser parser;

    /** Reads one field's value, all of it. */
    interface FieldReader {
        void read(String name) throws IOException;
    }

    /** Reads one element, all of it. */
    interface ElementReader {
        void read() throws IOException;
    }

    JsonValues(byte[] bytes) throws IOException {
        parser = JSON.createParser(bytes);
        parser.nextToken();
    }

    /** The object's fields, one by one; the reader must read or {@link #skip()} each. */
    void object(String what, FieldReader fields) throws IOException {
        require(JsonToken.START_OBJECT, what, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(name);
        }
    }

    /** The array's elements, one by one. */
    void array(String what, ElementReader elements) throws IOException {
        require(JsonToken.START_ARRAY, what, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.read();
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new DamagedException("it must end with the closing brace");
        }
    }

    String text(String what) throws IOException {
        require(JsonToken.VALUE_STRING, what, "text");
        return parser.getText();
    }

    List<String> texts(String what) throws IOException {
        List<String> texts = new ArrayList<>();
        array(what, () -> texts.add(text(what)));
        return texts;
    }

    float[] floats(String what) throws IOException {
        float[][] grown = {new float[16]};
        int[] size = {0};
        array(what, () -> {
            if (size[0] == grown[0].length) {
                grown[0] = Arrays.copyOf(grown[0], size[0] * 2);
            }
            grown[0][size[0]++] = number(what);
        });
        return Arrays.copyOf(grown[0], size[0]);
    }

    /** Whole numbers; {@code true} and {@code false}, as older files have, are 1 and 0. */
    int[] ints(String what) throws IOException {
        int[][] grown = {new int[16]};
        int[] size = {0};
        array(what, () -> {
            if (size[0] == grown[0].length) {
                grown[0] = Arrays.copyOf(grown[0], size[0] * 2);
            }
            grown[0][size[0]++] = whole(what);
        });
        return Arrays.copyOf(grown[0], size[0]);
    }

    private float number(String what) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            throw new DamagedException(what + " must be numbers");
        }
        return parser.getFloatValue();
    }

    private int whole(String what) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE ? 1 : 0;
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw new DamagedException(what + " must be whole numbers");
        }
        return parser.getIntValue();
    }

    private void require(JsonToken token, String what, String kind) {
        if (parser.currentToken() != token) {
            throw new DamagedException(what + " must be " + kind);
        }
    }
}
