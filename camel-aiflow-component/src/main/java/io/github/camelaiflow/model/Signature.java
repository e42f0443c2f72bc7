package io.github.camelaiflow.model;

import java.util.List;
import java.util.Objects;

/**
 * A model's inputs and outputs.
 *
 * @param features names of the row values the model reads, in its order; empty for a model that takes any row or
 *     tensors only
 * @param inputs the tensors it takes by name; empty for a model that takes rows only
 * @param outputs what it answers with: its labels, dimensions or output tensors, in its order
 * @param results the same as tensors, such as a model server describes them; not empty
 */
public record Signature(
        List<String> features, List<TensorSpec> inputs, List<String> outputs, List<ResultSpec> results) {

    private static final List<Long> ONE_PER_ROW = List.of(-1L);
    private static final List<ResultSpec> LABEL_AND_SCORE = List.of(
            new ResultSpec("label", "BYTES", ONE_PER_ROW, Part.LABEL),
            new ResultSpec("score", "FP64", ONE_PER_ROW, Part.SCORE));

    public Signature {
        features = List.copyOf(features);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        results = List.copyOf(results);
    }

    /** A model whose answers have a label, a score, or both: its results are {@code label} and {@code score}. */
    public Signature(List<String> features, List<TensorSpec> inputs, List<String> outputs) {
        this(features, inputs, outputs, LABEL_AND_SCORE);
    }

    /**
     * Whether the inputs' first dimension counts rows, so that several rows can be asked at once or a row alone: it is free in
     * all inputs that must be given, or 1 in all, and a row follows.
     */
    public boolean isBatch() {
        List<TensorSpec> given =
                inputs.stream().filter(input -> !input.optional()).toList();
        return !given.isEmpty()
                && given.stream()
                        .noneMatch(input -> input.isSequence() || input.shape().isEmpty())
                && (given.stream().allMatch(input -> input.shape().get(0) < 0)
                        || given.stream()
                                .allMatch(input -> input.shape().get(0) == 1
                                        && input.shape().size() > 1));
    }

    /**
     * One input tensor.
     *
     * @param name the input's name
     * @param type Open Inference Protocol datatype: FP16, FP32, FP64, BF16, INT8 to INT64, UINT8 to UINT64, BOOL, BYTES
     *     (strings); {@code SEQUENCE<…>} for a list of arrays of such, which that protocol doesn't have
     * @param shape sizes; -1 where any is taken
     * @param optional whether it may be left out
     */
    public record TensorSpec(String name, String type, List<Long> shape, boolean optional) {

        public TensorSpec {
            shape = List.copyOf(shape);
        }

        /** An input that must be given. */
        public TensorSpec(String name, String type, List<Long> shape) {
            this(name, type, shape, false);
        }

        /** Whether it is a list of arrays. */
        public boolean isSequence() {
            return type.startsWith("SEQUENCE");
        }
    }

    /**
     * One output as a tensor of all rows' answers.
     *
     * @param name the output's name
     * @param type as for inputs; also {@code MAP}
     * @param shape sizes, -1 where the model leaves them open; the first dimension counts rows if the answer is given per row
     * @param part where in an {@link io.github.camelaiflow.data.Output} it is found
     */
    public record ResultSpec(String name, String type, List<Long> shape, Part part) {

        public ResultSpec {
            shape = List.copyOf(shape);
            Objects.requireNonNull(part, "part");
        }
    }

    /** A part of an {@link io.github.camelaiflow.data.Output}. */
    public enum Part {
        /** Its label; of a type other than BYTES: the number the label's text is. */
        LABEL,
        /** Its score. */
        SCORE,
        /** Its scores, in their order. */
        SCORES,
        /** Its value is a Map, and the result's name leads to an array, a boxed scalar, or for a sequence a List. */
        VALUE
    }
}
