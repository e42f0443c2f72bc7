package io.github.camelaiflow.model.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.model.ModelSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What a probe is asked, over its standard input: a length and JSON, a length and the file.
 *
 * @param spec what the flow says of the model
 * @param rows records to ask the model with, once it is loaded
 * @param milliseconds after which the probe ends itself, should nobody be there any more to end it
 */
record ProbeRequest(ModelSpec spec, List<Map<String, Object>> rows, long milliseconds) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The request without its file. */
    byte[] header() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("records for a probe must be as JSON has them", e);
        }
    }

    static void write(OutputStream to, byte[] header, byte[] file) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(header.length);
        out.write(header);
        out.writeInt(file.length);
        out.write(file);
        out.flush();
    }

    static Received read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        ProbeRequest request = JSON.readValue(in.readNBytes(in.readInt()), ProbeRequest.class);
        return new Received(request, in.readNBytes(in.readInt()));
    }

    /** A request and its file. */
    record Received(ProbeRequest request, byte[] file) {}
}
