package io.github.camelaiflow.openinference;

import java.util.List;

/**
 * What {@code GET v2/models/{model}[/versions/{version}]} answers.
 *
 * @param name the model's name
 * @param versions the versions that can be asked; empty if it isn't said
 * @param platform such as {@code onnx_onnxv1}; {@code null} if it isn't said
 * @param inputs what it takes; empty if it isn't said
 * @param outputs what it answers with; empty if it isn't said
 */
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    /** Copies its lists. */
    public ModelMetadata {
        versions = List.copyOf(versions);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
