package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.GraphProtoOrBuilder;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.stream.Stream;

/** Writes ONNX's nodes, types and values. */
final class OnnxNodes {

    private OnnxNodes() {}

    /** The operators of a graph and the graphs in it. */
    static Stream<String> operators(GraphProtoOrBuilder graph) {
        return graph.getNodeList().stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node.getOpType()),
                        node.getAttributeList().stream()
                                .filter(AttributeProto::hasG)
                                .flatMap(attribute -> operators(attribute.getG()))));
    }

    static NodeProto node(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output + "/" + operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto graph(String name, GraphProto.Builder graph) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(graph.setName(name))
                .build();
    }

    static AttributeProto type(TypeProto type) {
        return AttributeProto.newBuilder()
                .setName("type")
                .setType(AttributeType.TYPE_PROTO)
                .setTp(type)
                .build();
    }

    static NodeProto cast(String input, String output, OnnxType to) {
        return node("Cast", List.of(input), output, integer("to", to.number()));
    }

    static NodeProto emptySequence(String output, OnnxType element) {
        return node("SequenceEmpty", List.of(), output, integer("dtype", element.number()));
    }

    /** An empty tensor. */
    static NodeProto emptyTensor(String output, OnnxType element) {
        TensorProto empty = TensorProto.newBuilder()
                .setDataType(element.number())
                .addDims(0)
                .build();
        AttributeProto value = AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeType.TENSOR)
                .setT(empty)
                .build();
        return node("Constant", List.of(), output, value);
    }

    /** A tensor of any shape. */
    static TypeProto tensor(OnnxType element) {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(element.number()))
                .build();
    }

    static TypeProto tensor(OnnxType element, long... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (long size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            sizes.addDim(size < 0 ? dimension : dimension.setDimValue(size));
        }
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder()
                        .setElemType(element.number())
                        .setShape(sizes))
                .build();
    }

    static TypeProto sequence(OnnxType element) {
        return TypeProto.newBuilder()
                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(tensor(element)))
                .build();
    }

    static TypeProto optional(TypeProto value) {
        return TypeProto.newBuilder()
                .setOptionalType(TypeProto.Optional.newBuilder().setElemType(value))
                .build();
    }

    static ValueInfoProto value(String name, TypeProto type) {
        return ValueInfoProto.newBuilder().setName(name).setType(type).build();
    }

    /** A branch of {@code If} that answers with what the node makes. */
    static GraphProto.Builder branch(NodeProto node, TypeProto type) {
        return GraphProto.newBuilder().addNode(node).addOutput(value(node.getOutput(0), type));
    }

    /** {@code If} with those branches. */
    static NodeProto choice(String condition, String output, GraphProto.Builder then, GraphProto.Builder otherwise) {
        return node("If", List.of(condition), output, graph("then_branch", then), graph("else_branch", otherwise));
    }

    /** What kind of value it is, for messages. */
    static String kind(TypeProto type) {
        return switch (type.getValueCase()) {
            case MAP_TYPE -> "a map";
            case SEQUENCE_TYPE -> "a sequence, and not of tensors";
            case OPTIONAL_TYPE -> "an optional value";
            case SPARSE_TENSOR_TYPE -> "a sparse tensor";
            default -> "of no type it names";
        };
    }

    /** A vector of one number. */
    static TensorProto constant(String name, long value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxType.INT64.number())
                .addDims(1)
                .addInt64Data(value)
                .build();
    }
}
