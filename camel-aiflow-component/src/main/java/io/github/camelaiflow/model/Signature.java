package io.github.camelaiflow.model;

import java.util.List;

/**
 * A model's inputs and outputs.
 *
 * @param features names of the row values the model reads, in its order; empty for a model that takes any row or
 *     tensors only
 * @param inputs the tensors it takes by name; empty for a model that takes rows only
 * @param outputs what it answers with: its labels, dimensions or output tensors, in its order
 */
public record Signature(List<String> features, List<TensorSpec> inputs, List<String> outputs) {

    public Signature {
        features = List.copyOf(features);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * One input tensor.
     *
     * @param name the input's name
     * @param type Open Inference Protocol datatype: FP32, FP64, INT64, INT32, UINT8, INT8, BOOL, BYTES (strings) …
     * @param shape sizes; -1 where any is taken
     */
    public record TensorSpec(String name, String type, List<Long> shape) {

        public TensorSpec {
            shape = List.copyOf(shape);
        }
    }
}
