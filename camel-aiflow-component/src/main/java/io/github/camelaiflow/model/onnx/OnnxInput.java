package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.model.Signature;
import java.util.List;
import java.util.Map;

/**
 * One input of a model.
 *
 * @param name its name
 * @param type its elements
 * @param shape sizes, -1 where any is taken; {@code null} for any number of dimensions
 * @param presence whether it may be left out
 * @param form a tensor, or a sequence of them
 */
record OnnxInput(String name, OnnxType type, List<Long> shape, Presence presence, Form form) {

    /** What it means when an input is not given. */
    enum Presence {
        /** It must be. */
        REQUIRED,
        /** The model holds a value for it. */
        INITIALISED,
        /** ONNX's optional type: it is empty then. */
        OPTIONAL
    }

    /** How the input is fed, which the Java API does with tensors only: see {@link OnnxGraph}. */
    enum Form {
        TENSOR,
        /** A sequence of tensors of any shapes. */
        SEQUENCE,
        /** A sequence of tensors that differ in their first dimension only: all that ONNX before 13 can build. */
        SPLIT_SEQUENCE
    }

    /** A tensor that must be given. */
    static OnnxInput tensor(String name, OnnxType type, List<Long> shape) {
        return new OnnxInput(name, type, shape, Presence.REQUIRED, Form.TENSOR);
    }

    boolean isSequence() {
        return form != Form.TENSOR;
    }

    boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    /** How many dimensions; -1 for any. */
    int rank() {
        return shape == null ? -1 : shape.size();
    }

    /** Whether the first dimension counts rows: it is free, or it is 1 and the row follows. */
    boolean isBatch() {
        return !isSequence() && rank() > 0 && (shape.get(0) < 0 || shape.get(0) == 1 && rank() > 1);
    }

    /** Whether a row is one element. */
    boolean isScalarPerRow() {
        return !isSequence() && (rank() == 0 || rank() > 0 && shape.get(0) <= 1 && isOneAfterFirst());
    }

    private boolean isOneAfterFirst() {
        return shape.get(0) != 0 && shape.stream().skip(1).allMatch(size -> size == 1);
    }

    /** Whether one call takes one row only. */
    boolean isSingle() {
        return rank() == 0 || shape.get(0) >= 0;
    }

    /** Whether a row is a row of floating-point numbers: [N, F], [1, F] or [F]. */
    boolean isFeatureRow() {
        return !isSequence() && type.isFloating() && (rank() == 2 && isBatch() || rank() == 1);
    }

    /** Under which name the graph takes the tensor, or a sequence's part, once {@link OnnxGraph} has been at it. */
    String part(String part) {
        return name + "/aiflow." + part;
    }

    /** Under which name the graph takes the tensor. */
    String fedName() {
        return presence == Presence.OPTIONAL || type.isFedSigned() ? part("value") : name;
    }

    Signature.TensorSpec spec() {
        String datatype = isSequence() ? "SEQUENCE<" + type.datatype() + ">" : type.datatype();
        return new Signature.TensorSpec(name, datatype, shape == null ? List.of(-1L) : shape, !isRequired());
    }

    /** Makes what says that an optional input is given. */
    void markGiven(OrtEnvironment environment, boolean given, Map<String, OnnxTensor> into) throws OrtException {
        if (presence == Presence.OPTIONAL) {
            OnnxBuffer flag = new OnnxBuffer(OnnxType.BOOL, 1);
            flag.put(given ? 1L : 0L);
            into.put(part("has"), flag.tensor(environment));
        }
    }

    /** What is taken, for messages. */
    String expected() {
        String elements = type.datatype();
        if (form == Form.SPLIT_SEQUENCE) {
            return "a list of arrays of " + elements + " that differ in their first dimension only";
        }
        if (isSequence()) {
            return "a list of arrays of " + elements;
        }
        if (shape == null) {
            return "an array of " + elements + " of any shape";
        }
        if (shape.isEmpty()) {
            return "a single " + elements;
        }
        return "an array of " + elements + " of shape " + shape
                + " (-1: any), or without the first dimension for one row";
    }
}
