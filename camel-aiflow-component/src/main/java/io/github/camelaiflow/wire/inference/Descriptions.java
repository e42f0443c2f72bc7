package io.github.camelaiflow.wire.inference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.FlowModels;
import io.github.camelaiflow.FlowModels.Version;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.MetadataCodec;
import io.github.camelaiflow.openinference.ModelMetadata;
import io.github.camelaiflow.openinference.ServerMetadata;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the server says of itself and of its model. */
final class Descriptions {

    private static final List<Long> ONE_PER_ROW = List.of(-1L);

    private Descriptions() {}

    static byte[] server() {
        String version = AiflowComponent.class.getPackage().getImplementationVersion();
        return MetadataCodec.encode(new ServerMetadata(
                "camel-aiflow", Objects.requireNonNullElse(version, ""), List.of(ServerMetadata.BINARY)));
    }

    static byte[] state(String word, boolean holds) {
        return bytes(object().put(word, holds));
    }

    static byte[] modelReady(String model, boolean ready) {
        return bytes(object().put("name", model).put("ready", ready));
    }

    /** As Triton's extension has it; READY is what can be asked. */
    static byte[] index(String model, FlowModels models, boolean readyOnly) {
        ArrayNode index = JsonNodeFactory.instance.arrayNode();
        if (models != null) {
            models.versions().keySet().forEach(version -> index.add(entry(model, version, "READY", "")));
            if (!readyOnly) {
                models.unused().stream()
                        .sorted()
                        .forEach(version -> index.add(entry(model, version, "UNAVAILABLE", "not in use")));
            }
        }
        return index.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode entry(String model, String version, String state, String reason) {
        return object().put("name", model)
                .put("version", version)
                .put("state", state)
                .put("reason", reason);
    }

    static ModelMetadata model(FlowModels models, Version version) {
        return new ModelMetadata(
                models.flow(),
                List.copyOf(models.versions().keySet()),
                version.format() == ModelFormat.ONNX
                        ? "onnx_onnxv1"
                        : version.format().toString(),
                inputs(models, version.signature()),
                outputs(version.signature()));
    }

    /** The fields that records are declared to have, else the model's own tensors, else its features as numbers. */
    private static List<TensorMetadata> inputs(FlowModels models, Signature signature) {
        List<TensorMetadata> inputs = new ArrayList<>();
        List<Field> fields = models.schema().fields();
        if (!fields.isEmpty()) {
            fields.forEach(field -> inputs.add(new TensorMetadata(field.name(), datatype(field), ONE_PER_ROW)));
        } else if (!signature.inputs().isEmpty()) {
            signature.inputs().forEach(input -> datatype(input.type())
                    .ifPresent(type -> inputs.add(new TensorMetadata(input.name(), type, input.shape()))));
        } else {
            signature.features().forEach(name -> inputs.add(new TensorMetadata(name, Datatype.FP64, ONE_PER_ROW)));
        }
        return inputs;
    }

    /** A number that may be missing needs a type that has NaN. */
    private static Datatype datatype(Field field) {
        return switch (field.type()) {
            case NUMBER -> Datatype.FP64;
            case INTEGER -> field.missingAllowed() ? Datatype.FP64 : Datatype.INT64;
            case BOOLEAN -> Datatype.BOOL;
            case CATEGORY, TEXT -> Datatype.BYTES;
        };
    }

    private static List<TensorMetadata> outputs(Signature signature) {
        List<TensorMetadata> outputs = new ArrayList<>();
        signature.results().forEach(result -> datatype(result.type())
                .ifPresent(type -> outputs.add(new TensorMetadata(result.name(), type, result.shape()))));
        return outputs;
    }

    /** The datatype of that name; empty for maps and sequences, which the protocol doesn't have. */
    static Optional<Datatype> datatype(String name) {
        return Arrays.stream(Datatype.values())
                .filter(type -> type.name().equals(name))
                .findFirst();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
