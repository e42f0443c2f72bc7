package io.github.camelaiflow.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells XGBoost's files from others by their first bytes. */
final class XgboostFiles {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String LEARNER = "learner";
    /** In UBJSON an object's names have a length in front, of one of these types. */
    private static final String UBJSON_LENGTHS = "iUIlL";
    /** Where the parameters' fixed 136 bytes have ended and objective and booster have been named. */
    private static final int BINARY_PROBE = 512;

    private XgboostFiles() {}

    /** Whether it is a JSON object with an object {@code learner} in it; nothing after its start is read. */
    static boolean isJson(byte[] bytes) {
        if (!startsWithBrace(bytes)) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean learner = LEARNER.equals(parser.currentName());
                boolean object = parser.nextToken() == JsonToken.START_OBJECT;
                if (learner) {
                    return object;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean startsWithBrace(byte[] bytes) {
        int first = 0;
        while (first < bytes.length && (bytes[first] == ' ' || bytes[first] == '\n' || bytes[first] == '\r')) {
            first++;
        }
        return first < bytes.length && bytes[first] == '{';
    }

    /** Whether it is in UBJSON, or in the binary form XGBoost had before. */
    static boolean isBinary(byte[] bytes) {
        if (bytes.length > 2 && bytes[0] == '{' && UBJSON_LENGTHS.indexOf(bytes[1]) >= 0 && bytes[2] < ' ') {
            return true;
        }
        String start = new String(bytes, 0, Math.min(bytes.length, BINARY_PROBE), StandardCharsets.ISO_8859_1);
        boolean protobuf = bytes.length > 0 && bytes[0] > 0 && bytes[0] < ' ';
        return start.startsWith("binf")
                || !protobuf
                        && (start.contains("\0gbtree") || start.contains("\0gblinear") || start.contains("\0dart"));
    }
}
