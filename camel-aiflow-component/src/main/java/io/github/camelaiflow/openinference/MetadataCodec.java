package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Metadata and errors to JSON and back. Whatever the bytes, reading gives a message or a {@link ProtocolException}; what they
 * hold beyond the protocol is left out. Thread-safe.
 */
public final class MetadataCodec {

    /** The longest metadata taken: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    private static final JsonMapper MAPPER = new JsonMapper();

    private MetadataCodec() {}

    /** The metadata of a model as JSON. */
    public static byte[] encode(ModelMetadata metadata) {
        ObjectNode node = object().put("name", metadata.name());
        if (!metadata.versions().isEmpty()) {
            metadata.versions().forEach(node.putArray("versions")::add);
        }
        node.put("platform", metadata.platform() == null ? "" : metadata.platform());
        tensors(node.putArray("inputs"), metadata.inputs());
        tensors(node.putArray("outputs"), metadata.outputs());
        return bytes(node);
    }

    private static void tensors(ArrayNode into, List<TensorMetadata> tensors) {
        for (TensorMetadata tensor : tensors) {
            ObjectNode node = into.addObject()
                    .put("name", tensor.name())
                    .put("datatype", tensor.datatype().name());
            tensor.shape().forEach(node.putArray("shape")::add);
        }
    }

    /** The metadata of a server as JSON. */
    public static byte[] encode(ServerMetadata metadata) {
        ObjectNode node = object().put("name", metadata.name()).put("version", metadata.version());
        metadata.extensions().forEach(node.putArray("extensions")::add);
        return bytes(node);
    }

    /** {@code {"error": …}}; the text must hold no value of the request. */
    public static byte[] encodeError(String error) {
        return bytes(object().put("error", error));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("a byte array cannot fail to be written", e);
        }
    }

    /**
     * Reads the metadata of a model. Lists that aren't there are empty.
     *
     * @throws ProtocolException if it is none
     */
    public static ModelMetadata readModel(byte[] body) {
        String[] texts = new String[2];
        List<String> versions = new ArrayList<>();
        List<TensorMetadata> inputs = new ArrayList<>();
        List<TensorMetadata> outputs = new ArrayList<>();
        read(body, (json, field) -> {
            switch (field) {
                case "name" -> texts[0] = json.name(field);
                case "platform" -> texts[1] = json.nameOrNull(field);
                case "versions" -> names(json, field, versions);
                case "inputs" -> tensors(json, field, inputs);
                case "outputs" -> tensors(json, field, outputs);
                default -> json.parser().skipChildren();
            }
        });
        JsonInput.require(texts[0] != null, "name", "there");
        return new ModelMetadata(texts[0], versions, texts[1], inputs, outputs);
    }

    /**
     * Reads the metadata of a server.
     *
     * @throws ProtocolException if it is none
     */
    public static ServerMetadata readServer(byte[] body) {
        String[] texts = new String[2];
        List<String> extensions = new ArrayList<>();
        read(body, (json, field) -> {
            switch (field) {
                case "name" -> texts[0] = json.nameOrNull(field);
                case "version" -> texts[1] = json.nameOrNull(field);
                case "extensions" -> names(json, field, extensions);
                default -> json.parser().skipChildren();
            }
        });
        return new ServerMetadata(texts[0], texts[1], extensions);
    }

    /**
     * Reads an error's text, which may quote what was asked.
     *
     * @throws ProtocolException if it is none
     */
    public static String readError(byte[] body) {
        String[] error = new String[1];
        read(body, (json, field) -> {
            if (field.equals("error") && json.parser().currentToken() == JsonToken.VALUE_STRING) {
                error[0] = json.parser().getText();
            } else {
                json.parser().skipChildren();
            }
        });
        JsonInput.require(error[0] != null, "error", "a text");
        return error[0];
    }

    /** Reads one field's value. */
    private interface Field {
        void read(JsonInput json, String field) throws IOException;
    }

    private static void read(byte[] body, Field fields) {
        JsonInput.require(body.length <= MAX_BYTES, "metadata", MAX_BYTES + " bytes or fewer");
        try (JsonParser parser = JsonInput.FACTORY.createParser(body)) {
            JsonInput json = new JsonInput(parser);
            parser.nextToken();
            json.object("metadata", field -> fields.read(json, field));
            JsonInput.require(parser.nextToken() == null, "metadata", "one object and nothing after it");
        } catch (IOException | IllegalStateException e) {
            // the parser's own message quotes what it met; too many names of one hash are an illegal state to it
            throw new ProtocolException("metadata must be JSON as the protocol has it, they are malformed or too deep");
        }
    }

    private static void names(JsonInput json, String place, List<String> into) throws IOException {
        if (json.parser().currentToken() != JsonToken.VALUE_NULL) {
            json.array(place, Limits.MAX_TENSORS, index -> into.add(json.name(place)));
        }
    }

    private static void tensors(JsonInput json, String place, List<TensorMetadata> into) throws IOException {
        if (json.parser().currentToken() != JsonToken.VALUE_NULL) {
            json.array(place, Limits.MAX_TENSORS, index -> into.add(tensor(json, place + "[" + index + "]")));
        }
    }

    private static TensorMetadata tensor(JsonInput json, String place) throws IOException {
        String[] name = new String[1];
        Datatype[] datatype = new Datatype[1];
        List<Long> shape = new ArrayList<>();
        json.object(place, field -> {
            switch (field) {
                case "name" -> name[0] = json.name(place + ".name");
                case "datatype" -> datatype[0] = Datatype.of(json.name(place + ".datatype"));
                case "shape" ->
                    json.array(place + ".shape", Limits.MAX_RANK, index -> shape.add(json.whole(place + ".shape")));
                default -> json.parser().skipChildren();
            }
        });
        JsonInput.require(name[0] != null && !name[0].isEmpty(), place + ".name", "there");
        JsonInput.require(datatype[0] != null, place + ".datatype", "there");
        shape.forEach(size -> JsonInput.require(size >= -1, place + ".shape", "of sizes of 0 or more, or -1"));
        return new TensorMetadata(name[0], datatype[0], shape);
    }
}
