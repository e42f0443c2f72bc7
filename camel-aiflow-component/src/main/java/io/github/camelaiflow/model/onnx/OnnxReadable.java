package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a graph's outputs such that ONNX Runtime's Java API reads them: see {@link OnnxGraph}. */
final class OnnxReadable {

    private final GraphProto.Builder graph;
    private final boolean loops;
    private final List<String> problems;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, OnnxOutput> rewritten = new LinkedHashMap<>();

    /** @param loops whether the model's operator set has loops over sequences */
    OnnxReadable(GraphProto.Builder graph, boolean loops, List<String> problems) {
        this.graph = graph;
        this.loops = loops;
        this.problems = problems;
    }

    /** Adds an output to the graph; adds a problem if it can't be read. */
    void output(ValueInfoProto declared) {
        String name = declared.getName();
        TypeProto type = declared.getType();
        boolean optional = type.hasOptionalType();
        TypeProto value = optional ? type.getOptionalType().getElemType() : type;
        TypeProto element = value.hasSequenceType() ? value.getSequenceType().getElemType() : value;
        OnnxType of =
                element.hasTensorType() ? OnnxType.of(element.getTensorType().getElemType()) : null;
        boolean cast = value.hasSequenceType() && of != null && OnnxSequences.readAs(of) != of;
        if (!optional && !cast) {
            if (element.hasTensorType() && of == null && element.getTensorType().getElemType() != 0) {
                problems.add("its output " + name + " has elements of ONNX's type "
                        + element.getTensorType().getElemType() + ", which ONNX Runtime's Java API can't read");
            }
            graph.addOutput(declared);
            return;
        }
        if (of == null || cast && !loops) {
            problems.add("its output " + name + " is " + OnnxNodes.kind(type)
                    + " of a type ONNX Runtime's Java API can't read");
            return;
        }
        String read = optional ? unwrap(name, value, of) : name;
        if (cast) {
            OnnxType to = OnnxSequences.readAs(of);
            OnnxSequences.cast(read, name + "/aiflow.readable", to, nodes);
            read = name + "/aiflow.readable";
            graph.addOutput(OnnxNodes.value(read, OnnxNodes.sequence(to)));
        } else {
            graph.addOutput(
                    OnnxNodes.value(read, value.hasSequenceType() ? OnnxNodes.sequence(of) : OnnxNodes.tensor(of)));
        }
        rewritten.put(name, new OnnxOutput(read, optional ? name + "/aiflow.has" : null, cast ? of : null));
    }

    /** Adds what tells whether there is a value, and the value, or an empty one. */
    private String unwrap(String name, TypeProto value, OnnxType element) {
        String has = name + "/aiflow.has";
        String some = name + "/aiflow.some";
        String none = name + "/aiflow.none";
        TypeProto type = value.hasSequenceType() ? OnnxNodes.sequence(element) : OnnxNodes.tensor(element);
        nodes.add(OnnxNodes.node("OptionalHasElement", List.of(name), has));
        nodes.add(OnnxNodes.choice(
                has,
                name + "/aiflow.value",
                OnnxNodes.branch(OnnxNodes.node("OptionalGetElement", List.of(name), some), type),
                OnnxNodes.branch(
                        value.hasSequenceType()
                                ? OnnxNodes.emptySequence(none, element)
                                : OnnxNodes.emptyTensor(none, element),
                        type)));
        graph.addOutput(OnnxNodes.value(has, OnnxNodes.tensor(OnnxType.BOOL, new long[0])));
        return name + "/aiflow.value";
    }

    /** What comes after the model's own nodes. */
    List<NodeProto> nodes() {
        return nodes;
    }

    /** The outputs that are read otherwise than under their names. */
    Map<String, OnnxOutput> rewritten() {
        return rewritten;
    }
}
