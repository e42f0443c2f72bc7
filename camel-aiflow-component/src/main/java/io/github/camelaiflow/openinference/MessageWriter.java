package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelaiflow.openinference.InferRequest.RequestedOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes one message. Not thread-safe. */
final class MessageWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Tensor> binary = new ArrayList<>();
    private final JsonGenerator json;

    private MessageWriter() throws IOException {
        json = JsonInput.FACTORY.createGenerator(bytes);
    }

    /** What a message says, in JSON. */
    private interface Content {
        void write(MessageWriter writer) throws IOException;
    }

    static EncodedMessage request(InferRequest request, boolean binary) {
        return write(writer -> {
            writer.textIfAny("id", request.id());
            writer.parameters(request.parameters(), -1);
            writer.json.writeArrayFieldStart("inputs");
            for (Tensor tensor : request.inputs()) {
                writer.tensor(tensor, binary || !JsonElements.hasForm(tensor));
            }
            writer.json.writeEndArray();
            if (!request.outputs().isEmpty()) {
                writer.requested(request.outputs());
            }
        });
    }

    static EncodedMessage response(InferResponse response, InferRequest asked) {
        return write(writer -> {
            writer.textIfAny("model_name", response.modelName());
            writer.textIfAny("model_version", response.modelVersion());
            writer.textIfAny("id", response.id());
            writer.parameters(response.parameters(), -1);
            writer.json.writeArrayFieldStart("outputs");
            for (Tensor tensor : response.outputs()) {
                if (asked.wants(tensor.name())) {
                    writer.tensor(tensor, asked.wantsBinary(tensor.name()));
                }
            }
            writer.json.writeEndArray();
        });
    }

    private static EncodedMessage write(Content content) {
        try {
            MessageWriter writer = new MessageWriter();
            writer.json.writeStartObject();
            content.write(writer);
            writer.json.writeEndObject();
            writer.json.close();
            return writer.encoded();
        } catch (IOException e) {
            throw new IllegalStateException("a byte array cannot fail to be written", e);
        }
    }

    private EncodedMessage encoded() {
        byte[] text = bytes.toByteArray();
        if (binary.isEmpty()) {
            return new EncodedMessage(text, -1);
        }
        int length = text.length;
        for (Tensor tensor : binary) {
            length = Math.addExact(length, BinaryData.size(tensor));
        }
        ByteBuffer whole = ByteBuffer.wrap(Arrays.copyOf(text, length)).order(ByteOrder.LITTLE_ENDIAN);
        whole.position(text.length);
        binary.forEach(tensor -> BinaryData.write(tensor, whole));
        return new EncodedMessage(whole.array(), text.length);
    }

    private void textIfAny(String field, String text) throws IOException {
        if (text != null) {
            json.writeStringField(field, text);
        }
    }

    private void requested(List<RequestedOutput> outputs) throws IOException {
        json.writeArrayFieldStart("outputs");
        for (RequestedOutput output : outputs) {
            json.writeStartObject();
            json.writeStringField("name", output.name());
            parameters(output.parameters(), -1);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void parameters(Map<String, Object> parameters, int binarySize) throws IOException {
        if (parameters.isEmpty() && binarySize < 0) {
            return;
        }
        json.writeObjectFieldStart("parameters");
        for (Map.Entry<String, Object> entry : parameters.entrySet()) {
            json.writeFieldName(entry.getKey());
            parameter(entry.getKey(), entry.getValue());
        }
        if (binarySize >= 0) {
            json.writeNumberField("binary_data_size", binarySize);
        }
        json.writeEndObject();
    }

    private void parameter(String name, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof String text) {
            json.writeString(text);
        } else {
            throw new ProtocolException("the parameter " + name + " must be a text, a finite number, true or false");
        }
    }

    private void tensor(Tensor tensor, boolean inBinary) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tensor.name());
        json.writeStringField("datatype", tensor.datatype().name());
        json.writeArrayFieldStart("shape");
        for (long size : tensor.shape()) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        parameters(tensor.parameters(), inBinary ? BinaryData.size(tensor) : -1);
        if (inBinary) {
            binary.add(tensor);
        } else {
            json.writeArrayFieldStart("data");
            JsonElements.write(tensor, json);
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
