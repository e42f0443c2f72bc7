package io.github.camelaiflow.model.onnx;

import static io.github.camelaiflow.model.onnx.OnnxGraphs.FLOAT;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.INT64;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.STRING;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.floats;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.graph;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.integer;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.ints;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.strings;
import static io.github.camelaiflow.model.onnx.OnnxGraphs.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One small model for each operator of {@code ai.onnx.ml}, by operator. */
final class OnnxMlGraphs {

    private OnnxMlGraphs() {}

    static Map<String, OnnxGraphs> all() {
        Map<String, OnnxGraphs> all = new LinkedHashMap<>();
        all.put("TreeEnsembleRegressor", OnnxGraphs.trees());
        all.put("TreeEnsembleClassifier", forest());
        all.put("LinearClassifier", OnnxGraphs.classifier().output("scores", FLOAT, -1, 2));
        all.put(
                "LinearRegressor",
                numbers("LinearRegressor", floats("coefficients", 1, 2), floats("intercepts", 3), integer("targets", 1))
                        .output("y", FLOAT, -1, 1));
        all.put("SVMRegressor", supportVectorRegression());
        all.put("SVMClassifier", supportVectors());
        all.put(
                "Scaler",
                numbers("Scaler", floats("offset", 1, 2), floats("scale", 3, 4)).output("y", FLOAT, -1, 2));
        all.put("Normalizer", numbers("Normalizer", text("norm", "L2")).output("y", FLOAT, -1, 2));
        all.put(
                "Binarizer",
                numbers("Binarizer", OnnxGraphs.number("threshold", 2f)).output("y", FLOAT, -1, 2));
        all.put(
                "Imputer",
                numbers("Imputer", floats("imputed_value_floats", 1, 2), OnnxGraphs.number("replaced_value_float", 3f))
                        .output("y", FLOAT, -1, 2));
        all.put(
                "OneHotEncoder",
                graph().input("x", STRING, -1)
                        .node(
                                "OneHotEncoder",
                                List.of("x"),
                                List.of("y"),
                                strings("cats_strings", "theft", "fire"),
                                integer("zeros", 1))
                        .output("y", FLOAT, -1, 2));
        all.put(
                "LabelEncoder",
                graph().input("x", STRING, -1)
                        .node(
                                "LabelEncoder",
                                List.of("x"),
                                List.of("y"),
                                strings("keys_strings", "theft", "fire"),
                                ints("values_int64s", 1, 2),
                                integer("default_int64", 0))
                        .output("y", INT64, -1));
        all.put(
                "CategoryMapper",
                graph().input("x", STRING, -1)
                        .node(
                                "CategoryMapper",
                                List.of("x"),
                                List.of("y"),
                                strings("cats_strings", "theft", "fire"),
                                ints("cats_int64s", 1, 2))
                        .output("y", INT64, -1));
        all.put(
                "FeatureVectorizer",
                graph().input("x", FLOAT, -1, 2)
                        .input("z", FLOAT, -1, 1)
                        .node("FeatureVectorizer", List.of("x", "z"), List.of("y"), ints("inputdimensions", 2, 1))
                        .output("y", FLOAT, -1, 3));
        all.put(
                "ArrayFeatureExtractor",
                graph().input("x", FLOAT, -1, 4)
                        .input("at", INT64, 2)
                        .node("ArrayFeatureExtractor", List.of("x", "at"), List.of("y"))
                        .output("y", FLOAT, -1, 2));
        all.put(
                "ZipMap",
                OnnxGraphs.classifier()
                        .node(
                                "ZipMap",
                                List.of("scores"),
                                List.of("zip"),
                                strings("classlabels_strings", "fraud", "legitimate"))
                        .zipMapOutput("zip"));
        return all;
    }

    private static OnnxGraphs numbers(String operator, AttributeProto... attributes) {
        return graph().input("x", FLOAT, -1, 2).node(operator, List.of("x"), List.of("y"), attributes);
    }

    private static OnnxGraphs forest() {
        return graph().input("x", FLOAT, -1, 2)
                .node(
                        "TreeEnsembleClassifier",
                        List.of("x"),
                        List.of("label", "scores"),
                        strings("classlabels_strings", "fraud", "legitimate", "unclear"),
                        ints("nodes_treeids", 0, 0, 0, 1, 1, 1),
                        ints("nodes_nodeids", 0, 1, 2, 0, 1, 2),
                        ints("nodes_featureids", 0, 0, 0, 1, 0, 0),
                        floats("nodes_values", 5, 0, 0, 5, 0, 0),
                        strings("nodes_modes", "BRANCH_LEQ", "LEAF", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"),
                        ints("nodes_truenodeids", 1, 0, 0, 1, 0, 0),
                        ints("nodes_falsenodeids", 2, 0, 0, 2, 0, 0),
                        ints("class_treeids", 0, 0, 1, 1),
                        ints("class_nodeids", 1, 2, 1, 2),
                        ints("class_ids", 0, 1, 2, 1),
                        floats("class_weights", 1, 0.5f, 1, 0.5f),
                        text("post_transform", "NONE"))
                .output("label", STRING, -1)
                .output("scores", FLOAT, -1, 3);
    }

    private static OnnxGraphs supportVectorRegression() {
        return numbers(
                        "SVMRegressor",
                        floats("coefficients", 1, -1),
                        floats("support_vectors", 1, 2, 3, 4),
                        integer("n_supports", 2),
                        floats("rho", 0.5f),
                        floats("kernel_params", 0.5f, 0, 3),
                        text("kernel_type", "RBF"))
                .output("y", FLOAT, -1, 1);
    }

    private static OnnxGraphs supportVectors() {
        return graph().input("x", FLOAT, -1, 2)
                .node(
                        "SVMClassifier",
                        List.of("x"),
                        List.of("label", "scores"),
                        ints("classlabels_ints", 0, 1, 2),
                        floats("coefficients", 1, -1, 0.5f, -0.5f, 1, -1),
                        floats("support_vectors", 1, 2, 3, 4, 5, 6),
                        ints("vectors_per_class", 1, 1, 1),
                        floats("rho", 0.5f, 0.1f, 0.2f),
                        floats("kernel_params", 0.5f, 0, 3),
                        text("kernel_type", "RBF"))
                .output("label", INT64, -1)
                .output("scores", FLOAT, -1, 3);
    }
}
