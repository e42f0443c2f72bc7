package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelaiflow.openinference.InferRequest.RequestedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one inference request or response. Not thread-safe. */
final class MessageReader {

    private static final String INPUTS = "inputs";
    private static final String OUTPUTS = "outputs";
    private static final String PARAMETERS = "parameters";

    private final byte[] body;
    private final int jsonLength;
    private final Kind kind;
    private final int maxElements;
    private String id;
    private String modelName;
    private String modelVersion;
    private Map<String, Object> parameters = Map.of();
    private List<TensorReader> readers;
    private final List<RequestedOutput> requested = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    /** What is read. */
    enum Kind {
        REQUEST(INPUTS),
        RESPONSE(OUTPUTS);

        private final String tensors;

        Kind(String tensors) {
            this.tensors = tensors;
        }
    }

    private MessageReader(byte[] body, int jsonLength, Limits limits, Kind kind) {
        this.body = body;
        this.jsonLength = jsonLength;
        this.kind = kind;
        this.maxElements = limits.maxElements();
    }

    static MessageReader read(byte[] body, String jsonLength, Limits limits, Kind kind) {
        if (body.length > limits.maxBytes()) {
            throw new ProtocolException("a message must be " + limits.maxBytes() + " bytes or fewer");
        }
        MessageReader reader = new MessageReader(body, jsonLength(jsonLength, body.length), limits, kind);
        try (JsonParser parser = reader.parser(0)) {
            reader.message(new JsonInput(parser));
            reader.fill(jsonLength != null);
        } catch (IOException | IllegalStateException e) {
            // the parser's own message quotes what it met; too many names of one hash are an illegal state to it
            throw new ProtocolException("a message must be JSON as the protocol has it, it is malformed or too deep");
        }
        return reader;
    }

    private static int jsonLength(String header, int bodyLength) {
        if (header == null) {
            return bodyLength;
        }
        String digits = header.strip();
        boolean number =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || Integer.parseInt(digits) > bodyLength) {
            throw new ProtocolException("the header " + EncodedMessage.JSON_LENGTH_HEADER
                    + " must say how many bytes of the body are JSON");
        }
        return Integer.parseInt(digits);
    }

    private JsonParser parser(int from) throws IOException {
        return JsonInput.FACTORY.createParser(body, from, jsonLength - from);
    }

    private void message(JsonInput json) throws IOException {
        json.parser().nextToken();
        json.object("a message", field -> field(json, field));
        JsonInput.require(json.parser().nextToken() == null, "a message", "one object and nothing after it");
        if (readers == null) {
            throw new ProtocolException("a message must have " + kind.tensors);
        }
    }

    private void field(JsonInput json, String field) throws IOException {
        if (field.equals("id")) {
            id = json.nameOrNull(field);
        } else if (field.equals(PARAMETERS)) {
            parameters = json.parameters(field);
        } else if (field.equals(kind.tensors)) {
            tensors(json);
        } else if (field.equals(OUTPUTS)) {
            requested(json);
        } else if (kind == Kind.RESPONSE && field.equals("model_name")) {
            modelName = json.nameOrNull(field);
        } else if (kind == Kind.RESPONSE && field.equals("model_version")) {
            modelVersion = json.nameOrNull(field);
        } else {
            json.parser().skipChildren();
        }
    }

    private void requested(JsonInput json) throws IOException {
        if (json.parser().currentToken() != JsonToken.VALUE_NULL) {
            json.array(
                    OUTPUTS, Limits.MAX_TENSORS, index -> requested.add(requested(json, OUTPUTS + "[" + index + "]")));
        }
    }

    private static RequestedOutput requested(JsonInput json, String place) throws IOException {
        String[] name = new String[1];
        List<Map<String, Object>> parameters = new ArrayList<>(List.of(Map.of()));
        json.object(place, field -> {
            if (field.equals("name")) {
                name[0] = json.name(place + ".name");
            } else if (field.equals(PARAMETERS)) {
                parameters.set(0, json.parameters(place + "." + PARAMETERS));
            } else {
                json.parser().skipChildren();
            }
        });
        JsonInput.require(name[0] != null, place + ".name", "there");
        return new RequestedOutput(name[0], parameters.get(0));
    }

    private void tensors(JsonInput json) throws IOException {
        readers = new ArrayList<>();
        int[] elementsLeft = {maxElements};
        json.array(kind.tensors, Limits.MAX_TENSORS, index -> {
            TensorReader reader = new TensorReader(kind.tensors + "[" + index + "]", jsonLength);
            reader.read(json, elementsLeft[0]);
            elementsLeft[0] -= reader.elements();
            readers.add(reader);
        });
    }

    /** The data that came before type and shape, and those after the JSON. */
    private void fill(boolean hasBinary) throws IOException {
        BinaryData binary = new BinaryData(body, jsonLength);
        Set<String> names = new HashSet<>();
        for (TensorReader reader : readers) {
            if (reader.isDeferred()) {
                try (JsonParser parser = parser(reader.deferredAt())) {
                    parser.nextToken();
                    reader.data(parser);
                }
            } else if (reader.isBinary()) {
                JsonInput.require(
                        hasBinary,
                        reader.place(),
                        "with data, as there is no header " + EncodedMessage.JSON_LENGTH_HEADER + " for binary ones");
                reader.data(binary);
            }
            Tensor tensor = reader.tensor();
            JsonInput.require(names.add(tensor.name()), reader.place() + ".name", "the only one of its name");
            tensors.add(tensor);
        }
        JsonInput.require(binary.isUsedUp(), "a message", "as long as its binary tensors say");
    }

    String id() {
        return id;
    }

    String modelName() {
        return modelName;
    }

    String modelVersion() {
        return modelVersion;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    List<Tensor> tensors() {
        return tensors;
    }

    List<RequestedOutput> requested() {
        return requested;
    }
}
