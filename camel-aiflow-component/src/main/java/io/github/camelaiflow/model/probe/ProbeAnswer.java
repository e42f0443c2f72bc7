package io.github.camelaiflow.model.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a probe says, as the last line of its standard output; a runtime may have printed before.
 *
 * @param refusal why the file can't be used; {@code null} if it can
 */
record ProbeAnswer(String refusal) {

    private static final JsonMapper JSON = new JsonMapper();

    String line() throws JsonProcessingException {
        return "\n" + JSON.writeValueAsString(this) + "\n";
    }

    /** @return {@code null} if the output ends with no answer */
    static ProbeAnswer read(byte[] output) {
        String text = new String(output, StandardCharsets.UTF_8).stripTrailing();
        try {
            return JSON.readValue(text.substring(text.lastIndexOf('\n') + 1), ProbeAnswer.class);
        } catch (IOException e) {
            return null;
        }
    }
}
