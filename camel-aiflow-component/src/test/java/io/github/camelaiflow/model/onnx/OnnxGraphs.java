package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Builds small ONNX files. */
public final class OnnxGraphs {

    public static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    public static final int DOUBLE = TensorProto.DataType.DOUBLE.getNumber();
    public static final int INT64 = TensorProto.DataType.INT64.getNumber();
    public static final int INT32 = TensorProto.DataType.INT32.getNumber();
    public static final int UINT8 = TensorProto.DataType.UINT8.getNumber();
    public static final int BOOL = TensorProto.DataType.BOOL.getNumber();
    public static final int STRING = TensorProto.DataType.STRING.getNumber();

    private static final Set<String> ML = Set.of(
            "ArrayFeatureExtractor",
            "Binarizer",
            "CategoryMapper",
            "FeatureVectorizer",
            "Imputer",
            "LabelEncoder",
            "LinearClassifier",
            "LinearRegressor",
            "Normalizer",
            "OneHotEncoder",
            "Scaler",
            "SVMClassifier",
            "SVMRegressor",
            "TreeEnsembleClassifier",
            "TreeEnsembleRegressor",
            "ZipMap");

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    private long opset = 13;

    public static OnnxGraphs graph() {
        return new OnnxGraphs();
    }

    public OnnxGraphs opset(long version) {
        opset = version;
        return this;
    }

    /** @param shape sizes, -1 for any */
    public OnnxGraphs input(String name, int type, long... shape) {
        graph.addInput(tensorInfo(name, type, shape));
        return this;
    }

    public OnnxGraphs output(String name, int type, long... shape) {
        graph.addOutput(tensorInfo(name, type, shape));
        return this;
    }

    /** A sequence of maps from text to float. */
    public OnnxGraphs zipMapOutput(String name) {
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder().setKeyType(STRING).setValueType(type(FLOAT)))
                .build();
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(map))));
        return this;
    }

    public OnnxGraphs constant(String name, long[] dims, float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        Arrays.stream(dims).forEach(tensor::addDims);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return constant(tensor.build());
    }

    public OnnxGraphs constant(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    public OnnxGraphs node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        boolean ml = ML.contains(operator);
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setDomain(ml ? "ai.onnx.ml" : "")
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes)));
        return this;
    }

    public ModelProto.Builder proto() {
        return ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(2))
                .setGraph(graph);
    }

    public byte[] bytes() {
        return proto().build().toByteArray();
    }

    public static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    public static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    public static AttributeProto floats(String name, float... values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOATS)
                .addAllFloats(list)
                .build();
    }

    public static AttributeProto strings(String name, String... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
        for (String value : values) {
            attribute.addStrings(ByteString.copyFrom(value, StandardCharsets.UTF_8));
        }
        return attribute.build();
    }

    public static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    private static TypeProto type(int element, long... shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dims.addDim(
                    size < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("N")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return TypeProto.newBuilder()
                .setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(element).setShape(dims))
                .build();
    }

    private static ValueInfoProto tensorInfo(String name, int element, long... shape) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(type(element, shape))
                .build();
    }

    /** The graph alone, for functions and sub-graphs. */
    public GraphProto.Builder graphProto() {
        return graph;
    }

    /** [N, 2] numbers to their sum [N, 1]. */
    public static OnnxGraphs sum() {
        return graph().input("x", FLOAT, -1, 2)
                .constant("ones", new long[] {2, 1}, 1, 1)
                .node("MatMul", List.of("x", "ones"), List.of("sum"))
                .output("sum", FLOAT, -1, 1);
    }

    /** A classifier as scikit-learn's converter writes it: scores are +-claim_amount, 5 more for legitimate. */
    public static OnnxGraphs classifier() {
        return graph().input("x", FLOAT, -1, 2)
                .node(
                        "LinearClassifier",
                        List.of("x"),
                        List.of("label", "scores"),
                        strings("classlabels_strings", "fraud", "legitimate"),
                        floats("coefficients", 1, 0, -1, 0),
                        floats("intercepts", 0, 5),
                        integer("multi_class", 0),
                        text("post_transform", "SOFTMAX"))
                .output("label", STRING, -1);
    }

    /** One input per field, of five types; the answer is their sum, with theft as 100 and fire as 200. */
    public static OnnxGraphs named() {
        return graph().input("claim_amount", FLOAT, -1, 1)
                .input("vehicle_age", INT64, -1, 1)
                .input("police_report", BOOL, -1, 1)
                .input("claim_type", STRING, -1, 1)
                .input("deductible", DOUBLE, -1, 1)
                .node("Cast", List.of("vehicle_age"), List.of("age"), integer("to", FLOAT))
                .node("Cast", List.of("police_report"), List.of("police"), integer("to", FLOAT))
                .node("Cast", List.of("deductible"), List.of("minus"), integer("to", FLOAT))
                .node(
                        "LabelEncoder",
                        List.of("claim_type"),
                        List.of("type"),
                        strings("keys_strings", "theft", "fire"),
                        floats("values_floats", 100, 200))
                .node("Sum", List.of("claim_amount", "age", "police", "type", "minus"), List.of("cost"))
                .output("cost", FLOAT, -1, 1);
    }

    /** Two trees on [N, 2] numbers: the first is above 5 (100, else 1), the second above 5 (20, else 2); their sum. */
    public static OnnxGraphs trees() {
        return graph().input("x", FLOAT, -1, 2)
                .node(
                        "TreeEnsembleRegressor",
                        List.of("x"),
                        List.of("cost"),
                        integer("n_targets", 1),
                        ints("nodes_treeids", 0, 0, 0, 1, 1, 1),
                        ints("nodes_nodeids", 0, 1, 2, 0, 1, 2),
                        ints("nodes_featureids", 0, 0, 0, 1, 0, 0),
                        floats("nodes_values", 5, 0, 0, 5, 0, 0),
                        strings("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"),
                        ints("nodes_truenodeids", 1, 0, 0, 1, 0, 0),
                        ints("nodes_falsenodeids", 2, 0, 0, 2, 0, 0),
                        ints("target_treeids", 0, 0, 1, 1),
                        ints("target_nodeids", 1, 2, 1, 2),
                        ints("target_ids", 0, 0, 0, 0),
                        floats("target_weights", 1, 100, 2, 20))
                .output("cost", FLOAT, -1, 1);
    }

    /** A running mean whose state the caller carries: total [1, 1] and count (a scalar) in and out, x [N, 1] in. */
    public static OnnxGraphs recurrent() {
        return graph().input("x", FLOAT, -1, 1)
                .input("total", FLOAT, 1, 1)
                .input("count", INT64)
                .node("ReduceSum", List.of("x"), List.of("new"), integer("keepdims", 1))
                .node("Add", List.of("total", "new"), List.of("total_out"))
                .node("Size", List.of("x"), List.of("rows"))
                .node("Add", List.of("count", "rows"), List.of("count_out"))
                .node("Cast", List.of("count_out"), List.of("n"), integer("to", FLOAT))
                .node("Div", List.of("total_out", "n"), List.of("mean"))
                .output("mean", FLOAT, 1, 1)
                .output("total_out", FLOAT, 1, 1)
                .output("count_out", INT64);
    }
}
