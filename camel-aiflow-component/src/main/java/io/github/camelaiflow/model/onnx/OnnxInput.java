package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.github.camelaiflow.model.Signature;
import java.util.Arrays;
import java.util.List;

/**
 * One input tensor of a model.
 *
 * @param name its name
 * @param type its elements
 * @param shape sizes; -1 where any is taken
 */
record OnnxInput(String name, OnnxJavaType type, List<Long> shape) {

    /** The input; adds a problem and answers {@code null} if it is none that can be given. */
    static OnnxInput of(NodeInfo node, List<String> problems) {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            problems.add("its input " + node.getName() + " is a sequence or map, only tensors can be given");
            return null;
        }
        if (OnnxBuffer.datatype(info.type) == null) {
            problems.add("its input " + node.getName() + " has elements of type " + info.onnxType
                    + ", which can't be given");
            return null;
        }
        List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
        return new OnnxInput(node.getName(), info.type, shape);
    }

    int rank() {
        return shape.size();
    }

    /** Whether the first dimension counts rows: it is free, or it is 1 and the row follows. */
    boolean isBatch() {
        return rank() > 0 && (shape.get(0) < 0 || shape.get(0) == 1 && rank() > 1);
    }

    /** Whether a row is one element. */
    boolean isScalarPerRow() {
        return isBatch() && shape.stream().skip(1).allMatch(size -> size == 1);
    }

    /** Whether a row is a row of floating-point numbers: [N, F], [1, F] or [F]. */
    boolean isFeatureRow() {
        return OnnxBuffer.isFloating(type) && (rank() == 2 && isBatch() || rank() == 1);
    }

    Signature.TensorSpec spec() {
        return new Signature.TensorSpec(name, OnnxBuffer.datatype(type), shape);
    }
}
