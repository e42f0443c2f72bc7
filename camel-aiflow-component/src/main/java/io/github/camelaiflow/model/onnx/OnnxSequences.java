package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;

/** ONNX nodes that build a sequence from tensors, and that change a sequence's elements to a type the Java API reads. */
final class OnnxSequences {

    private static final long OPSET_OF_ALLOW_ZERO = 14;
    private static final String ALL = "aiflow.all";
    private static final String ONE = "aiflow.one";
    private static final String ZERO = "aiflow.zero";

    private OnnxSequences() {}

    /** The type that such a sequence's elements are read as. */
    static OnnxType readAs(OnnxType element) {
        return switch (element) {
            case FLOAT, DOUBLE, STRING -> element;
            case FLOAT16, BFLOAT16 -> OnnxType.FLOAT;
            default -> OnnxType.INT64;
        };
    }

    /** Adds inputs, and nodes that make of them the sequence of that name. */
    static void build(OnnxInput input, String name, long opset, GraphProto.Builder graph, List<NodeProto> nodes) {
        OnnxType element = input.type();
        String data = input.part("data");
        graph.addInput(OnnxNodes.value(data, OnnxNodes.tensor(element.fedType())));
        if (element.isFedSigned()) {
            nodes.add(OnnxNodes.cast(data, input.part("unsigned"), element));
            data = input.part("unsigned");
        }
        if (input.form() == OnnxInput.Form.SPLIT_SEQUENCE) {
            graph.addInput(OnnxNodes.value(input.part("lengths"), OnnxNodes.tensor(OnnxType.INT64, -1)));
            nodes.add(OnnxNodes.node("SplitToSequence", List.of(data, input.part("lengths")), name));
            return;
        }
        for (String part : List.of("starts", "ends", "ranks")) {
            graph.addInput(OnnxNodes.value(input.part(part), OnnxNodes.tensor(OnnxType.INT64, -1)));
        }
        graph.addInput(OnnxNodes.value(input.part("shapes"), OnnxNodes.tensor(OnnxType.INT64, -1, -1)));
        nodes.add(OnnxNodes.node("Size", List.of(input.part("ranks")), input.part("count")));
        List<NodeProto> body = element(input, data, opset);
        loop(input.part("count"), name, element, body, input.part("element"), nodes);
    }

    /** The element of the loop's index, cut out of the data. */
    private static List<NodeProto> element(OnnxInput input, String data, long opset) {
        String index = input.part("at");
        List<NodeProto> body = new ArrayList<>();
        body.add(OnnxNodes.node("Reshape", List.of(index(input.part("element")), ONE), index));
        for (String part : List.of("starts", "ends", "ranks", "shapes")) {
            body.add(OnnxNodes.node("Gather", List.of(input.part(part), index), input.part(part + ".at")));
        }
        body.add(OnnxNodes.node(
                "Slice", List.of(data, input.part("starts.at"), input.part("ends.at")), input.part("flat")));
        body.add(OnnxNodes.node("Reshape", List.of(input.part("shapes.at"), ALL), input.part("padded")));
        body.add(OnnxNodes.node(
                "Slice", List.of(input.part("padded"), ZERO, input.part("ranks.at")), input.part("shape")));
        AttributeProto[] zeros = opset < OPSET_OF_ALLOW_ZERO
                ? new AttributeProto[0]
                : new AttributeProto[] {OnnxNodes.integer("allowzero", 1)};
        body.add(OnnxNodes.node(
                "Reshape", List.of(input.part("flat"), input.part("shape")), input.part("element"), zeros));
        return body;
    }

    /** Adds the constants that {@link #build} needs once. */
    static void constants(GraphProto.Builder graph) {
        graph.addInitializer(OnnxNodes.constant(ALL, -1));
        graph.addInitializer(OnnxNodes.constant(ONE, 1));
        graph.addInitializer(OnnxNodes.constant(ZERO, 0));
    }

    /** Adds nodes that make a sequence of another element type. */
    static void cast(String sequence, String name, OnnxType to, List<NodeProto> nodes) {
        String element = name + "/aiflow.element";
        nodes.add(OnnxNodes.node("SequenceLength", List.of(sequence), name + "/aiflow.count"));
        List<NodeProto> body = List.of(
                OnnxNodes.node("SequenceAt", List.of(sequence, index(element)), name + "/aiflow.at"),
                OnnxNodes.cast(name + "/aiflow.at", element, to));
        loop(name + "/aiflow.count", name, to, body, element, nodes);
    }

    private static String index(String element) {
        return element + ".index";
    }

    /** A loop that appends, so many times, the element the body makes. */
    private static void loop(
            String count, String name, OnnxType type, List<NodeProto> body, String element, List<NodeProto> nodes) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInput(OnnxNodes.value(index(element), OnnxNodes.tensor(OnnxType.INT64, new long[0])))
                .addInput(OnnxNodes.value(element + ".more", OnnxNodes.tensor(OnnxType.BOOL, new long[0])))
                .addInput(OnnxNodes.value(element + ".before", OnnxNodes.sequence(type)))
                .addAllNode(body)
                .addNode(OnnxNodes.node("SequenceInsert", List.of(element + ".before", element), element + ".after"))
                .addNode(OnnxNodes.node("Identity", List.of(element + ".more"), element + ".go"))
                .addOutput(OnnxNodes.value(element + ".go", OnnxNodes.tensor(OnnxType.BOOL, new long[0])))
                .addOutput(OnnxNodes.value(element + ".after", OnnxNodes.sequence(type)));
        nodes.add(OnnxNodes.emptySequence(element + ".none", type));
        nodes.add(OnnxNodes.node("Loop", List.of(count, "", element + ".none"), name, OnnxNodes.graph("body", graph)));
    }
}
