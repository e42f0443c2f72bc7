package io.github.camelaiflow.validation.python;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON as Python's {@code json.loads} reads it: NaN and Infinity are numbers. Nesting is bounded as there, at about 1,000. */
public final class JsonText {

    private static final int MAX_DEPTH = 990;
    private static final int MAX_DIGITS = 4300;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** Whether the text is JSON. */
    public static boolean parseable(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric() && parser.getText().endsWith("INF")) {
                    return false;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
            }
            return values == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The value the text holds.
     *
     * @throws Unjudgeable if it is no JSON
     */
    public static JsonNode tree(String text) throws Unjudgeable {
        try {
            JsonNode tree = parseable(text) ? MAPPER.readTree(text) : null;
            if (tree != null) {
                return tree;
            }
        } catch (IOException e) {
            // said below
        }
        throw new Unjudgeable("only JSON can be judged, and the text is none");
    }
}
