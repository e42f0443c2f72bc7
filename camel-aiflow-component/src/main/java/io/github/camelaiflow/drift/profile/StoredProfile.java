package io.github.camelaiflow.drift.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.data.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A JSON file that may be a stored profile: an object with a format. Parser messages quote the text they fail on, so they are never passed on. */
record StoredProfile(String name, byte[] beginning, InputStream rest, boolean found) {

    static final String FORMATS = "aiflow-profile-";
    static final String FORMAT = FORMATS + 1;

    /** A profile is not larger. */
    static final int MOST_BYTES = 1 << 26;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static StoredProfile peek(String name, InputStream in) {
        try {
            byte[] beginning = in.readNBytes(MOST_BYTES + 1);
            return new StoredProfile(name, beginning, in, hasFormat(beginning));
        } catch (IOException e) {
            throw new ReferenceException(name + " cannot be read", e);
        }
    }

    private static boolean hasFormat(byte[] bytes) {
        try (JsonParser parser = JSON.getFactory().createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean format = parser.currentName().equals("format");
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (format && text && parser.getText().startsWith(FORMATS)) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            // Whoever reads it as records says what is wrong.
            return false;
        }
    }

    /** The file from its beginning. */
    InputStream rewound() {
        return new SequenceInputStream(new ByteArrayInputStream(beginning), rest);
    }

    Profile read(Schema schema) {
        return SchemaCheck.checked(name, parse(), schema);
    }

    Profile parse() {
        if (beginning.length > MOST_BYTES) {
            throw new ReferenceException(name + " must have at most " + MOST_BYTES + " bytes as a profile");
        }
        try {
            return new ProfileReader().read(new JsonPlace(name, "", JSON.readTree(beginning)));
        } catch (IOException e) {
            throw new ReferenceException(name + " must be a profile in JSON and UTF-8, whole and its names unique");
        }
    }
}
