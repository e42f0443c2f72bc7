package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import io.github.camelaiflow.model.Signature.Part;
import io.github.camelaiflow.model.Signature.ResultSpec;
import java.util.Arrays;
import java.util.List;

/** Outputs as a model server tells them. */
final class OnnxResults {

    private static final List<Long> ONE_PER_ROW = List.of(-1L);

    private OnnxResults() {}

    /** An output that is handed on as it is. */
    static ResultSpec array(String name, NodeInfo node, OnnxOutput output) {
        if (node.getInfo() instanceof TensorInfo info) {
            return new ResultSpec(name, datatype(info), shape(info), Part.VALUE);
        }
        if (node.getInfo() instanceof MapInfo) {
            return new ResultSpec(name, "MAP", List.of(), Part.VALUE);
        }
        SequenceInfo info = (SequenceInfo) node.getInfo();
        if (info.isSequenceOfMaps()) {
            return new ResultSpec(name, "SEQUENCE<MAP>", ONE_PER_ROW, Part.VALUE);
        }
        OnnxType element = output == null || output.element() == null
                ? OnnxType.valueOf(info.sequenceType.name())
                : output.element();
        return new ResultSpec(name, "SEQUENCE<" + element.datatype() + ">", ONE_PER_ROW, Part.VALUE);
    }

    /** The number of a regression. */
    static ResultSpec score(String name, NodeInfo node) {
        TensorInfo info = (TensorInfo) node.getInfo();
        return new ResultSpec(name, datatype(info), shape(info), Part.SCORE);
    }

    /** Labels, which are text where the spec names them. */
    static ResultSpec label(String name, NodeInfo node, List<String> labels) {
        TensorInfo info = (TensorInfo) node.getInfo();
        return new ResultSpec(name, labels.isEmpty() ? datatype(info) : "BYTES", shape(info), Part.LABEL);
    }

    /** Scores by label; without names for the columns of a tensor just the largest, which is the label's. */
    static ResultSpec scores(String name, NodeInfo node, List<String> labels) {
        if (node.getInfo() instanceof TensorInfo info) {
            return labels.isEmpty()
                    ? new ResultSpec(name, datatype(info), ONE_PER_ROW, Part.SCORE)
                    : new ResultSpec(name, datatype(info), shape(info), Part.SCORES);
        }
        return new ResultSpec(name, "FP64", List.of(-1L, labels.isEmpty() ? -1L : labels.size()), Part.SCORES);
    }

    private static List<Long> shape(TensorInfo info) {
        return Arrays.stream(info.getShape()).boxed().toList();
    }

    private static String datatype(TensorInfo info) {
        OnnxType type = OnnxType.of(info);
        return type == null ? info.onnxType.name() : type.datatype();
    }
}
