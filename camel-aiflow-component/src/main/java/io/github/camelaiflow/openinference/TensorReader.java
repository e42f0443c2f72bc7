package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one tensor of a message. Data that come before datatype and shape are skipped, and read from their place in the
 * bytes when those are known. Not thread-safe.
 */
final class TensorReader {

    private static final String BINARY_SIZE = "binary_data_size";
    private static final int NONE = -1;

    private final String place;
    private final int jsonLength;
    private String name;
    private Datatype datatype;
    private List<Long> shape;
    private int elements;
    private Map<String, Object> parameters = Map.of();
    private Object data;
    private int deferredAt = NONE;
    private int binarySize = NONE;

    /** @param jsonLength bytes of the message's JSON: no tensor can have more elements than that has room for */
    TensorReader(String place, int jsonLength) {
        this.place = place;
        this.jsonLength = jsonLength;
    }

    /** @param mostElements how many elements the tensor may have */
    void read(JsonInput json, int mostElements) throws IOException {
        json.object(place, field -> field(json, field, mostElements));
        JsonInput.require(name != null && !name.isEmpty(), place + ".name", "there");
        JsonInput.require(datatype != null, place + ".datatype", "there");
        JsonInput.require(shape != null, place + ".shape", "there");
        boolean inJson = data != null || isDeferred();
        JsonInput.require(inJson != isBinary(), place, "with data or parameters." + BINARY_SIZE + ", and not both");
    }

    private void field(JsonInput json, String field, int mostElements) throws IOException {
        switch (field) {
            case "name" -> name = json.name(place + ".name");
            case "datatype" -> datatype = Datatype.of(json.name(place + ".datatype"));
            case "shape" -> {
                shape = new ArrayList<>();
                json.array(place + ".shape", Limits.MAX_RANK, index -> shape.add(json.whole(place + ".shape")));
                elements = Shapes.elements(place, shape, mostElements);
            }
            case "parameters" -> parameters(json);
            case "data" -> {
                JsonParser parser = json.parser();
                if (datatype != null && shape != null) {
                    data(parser);
                } else {
                    deferredAt = offset(parser);
                    parser.skipChildren();
                }
            }
            default -> json.parser().skipChildren();
        }
    }

    private void parameters(JsonInput json) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(json.parameters(place + ".parameters"));
        Object size = all.remove(BINARY_SIZE);
        if (size != null) {
            boolean valid = size instanceof Long bytes && bytes >= 0 && bytes <= Integer.MAX_VALUE;
            JsonInput.require(valid, place + ".parameters." + BINARY_SIZE, "a number of bytes");
            binarySize = ((Long) size).intValue();
        }
        parameters = all;
    }

    private int offset(JsonParser parser) {
        long offset = parser.currentTokenLocation().getByteOffset();
        // other encodings than UTF-8 are read as characters, of which the place in the bytes is not known
        JsonInput.require(offset >= 0, "a message", "in UTF-8");
        return (int) offset;
    }

    String place() {
        return place;
    }

    int elements() {
        return elements;
    }

    boolean isDeferred() {
        return deferredAt != NONE;
    }

    int deferredAt() {
        return deferredAt;
    }

    boolean isBinary() {
        return binarySize != NONE;
    }

    /** Reads the data of which the first token is current. */
    void data(JsonParser parser) throws IOException {
        JsonInput.require(parser.currentToken() == JsonToken.START_ARRAY, place + ".data", "an array");
        JsonInput.require(datatype.hasJson(), place, "in binary, since " + datatype + " has no form in JSON");
        // an element and its comma are two bytes at least
        JsonInput.require(elements <= jsonLength / 2 + 1, place + ".data", JsonData.AS_SHAPED);
        data = new JsonData(place + ".data", datatype, shape, elements).read(parser);
    }

    void data(BinaryData binary) {
        data = binary.read(place, datatype, elements, binarySize);
    }

    Tensor tensor() {
        return new Tensor(name, datatype, shape, data, parameters);
    }
}
