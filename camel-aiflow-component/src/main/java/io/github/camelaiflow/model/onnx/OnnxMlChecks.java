package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Operators of {@code ai.onnx.ml} whose attributes must fit each other. ONNX Runtime 1.23.2 doesn't check it, and reads past their
 * ends, which ends the JVM.
 */
final class OnnxMlChecks {

    private static final long LARGEST_WIDTH = 1_000_000;

    private final GraphProto graph;
    private final List<String> problems;

    private OnnxMlChecks(GraphProto graph, List<String> problems) {
        this.graph = graph;
        this.problems = problems;
    }

    /** Adds a problem for each operator that would read past its attributes. */
    static void check(GraphProto graph, List<String> problems) {
        OnnxMlChecks checks = new OnnxMlChecks(graph, problems);
        for (NodeProto node : graph.getNodeList()) {
            checks.check(node);
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    check(attribute.getG(), problems);
                }
            }
        }
    }

    private void check(NodeProto node) {
        String problem =
                switch (node.getOpType()) {
                    case "LinearClassifier" -> linearClassifier(node);
                    case "LinearRegressor" -> linearRegressor(node);
                    case "SVMClassifier" -> supportVectorClassifier(node);
                    case "SVMRegressor" -> supportVectorRegressor(node);
                    case "TreeEnsembleClassifier", "TreeEnsembleRegressor" ->
                        new OnnxTrees(node, width(node)).problem();
                    case "FeatureVectorizer" -> featureVectorizer(node);
                    default -> null;
                };
        if (problem != null) {
            problems.add("its " + node.getOpType() + " " + node.getName() + " " + problem);
        }
    }

    private String linearClassifier(NodeProto node) {
        int classes = floats(node, "intercepts");
        int labels = labels(node);
        boolean binary = classes == 1 && labels == 2;
        if (classes == 0 || labels != classes && !binary) {
            return "hasn't one label for each class";
        }
        return fits(node, floats(node, "coefficients"), classes)
                ? null
                : "hasn't one coefficient per class and feature";
    }

    private String linearRegressor(NodeProto node) {
        long targets = integer(node, "targets", 1);
        int intercepts = floats(node, "intercepts");
        if (targets < 1 || intercepts != 0 && intercepts != targets) {
            return "hasn't one intercept per target";
        }
        return fits(node, floats(node, "coefficients"), targets)
                ? null
                : "hasn't one coefficient per target and feature";
    }

    private String supportVectorRegressor(NodeProto node) {
        long supports = integer(node, "n_supports", 0);
        boolean vectors = supports > 0
                ? floats(node, "coefficients") == supports && fits(node, floats(node, "support_vectors"), supports)
                : supports == 0 && fits(node, floats(node, "coefficients"), 1);
        return vectors && kernel(node) && floats(node, "rho") > 0 ? null : "hasn't one coefficient per support vector";
    }

    private String supportVectorClassifier(NodeProto node) {
        List<Long> perClass = ints(node, "vectors_per_class");
        long classes = labels(node);
        if (!kernel(node) || classes < 1 || floats(node, "rho") == 0) {
            return "hasn't all its labels and parameters";
        }
        if (perClass.isEmpty()) {
            return fits(node, floats(node, "coefficients"), classes)
                    ? null
                    : "hasn't one coefficient per class and feature";
        }
        long vectors = 0;
        for (long count : perClass) {
            if (count < 0 || count > Integer.MAX_VALUE) {
                return "has no number of vectors per class";
            }
            vectors += count;
        }
        long pairs = classes * (classes - 1) / 2;
        int probabilities = floats(node, "prob_a");
        boolean fit = perClass.size() == classes
                && classes > 1
                && vectors > 0
                && fits(node, floats(node, "support_vectors"), vectors)
                && floats(node, "coefficients") == vectors * (classes - 1)
                && floats(node, "rho") == pairs
                && floats(node, "prob_b") == probabilities
                && (probabilities == 0 || probabilities == pairs);
        return fit ? null : "hasn't coefficients and rho for each pair of its classes";
    }

    private static String featureVectorizer(NodeProto node) {
        List<Long> widths = ints(node, "inputdimensions");
        boolean fit = widths.size() == node.getInputCount()
                && widths.stream().allMatch(width -> width > 0 && width <= LARGEST_WIDTH);
        return fit ? null : "hasn't one width up to " + LARGEST_WIDTH + " for each input";
    }

    private static boolean kernel(NodeProto node) {
        int parameters = floats(node, "kernel_params");
        return parameters == 0 || parameters == 3;
    }

    /** Whether there is one of so many rows of numbers per feature, as far as the features are known. */
    private boolean fits(NodeProto node, int numbers, long rows) {
        long width = width(node);
        return numbers > 0 && numbers % rows == 0 && (width < 0 || numbers == width * rows);
    }

    /** How many features a node gets; -1 if that isn't known. */
    private long width(NodeProto node) {
        List<ValueInfoProto> known = new ArrayList<>(graph.getInputList());
        known.addAll(graph.getValueInfoList());
        for (ValueInfoProto value : known) {
            if (node.getInputCount() > 0 && value.getName().equals(node.getInput(0))) {
                TypeProto.Tensor tensor = value.getType().getTensorType();
                int rank = tensor.getShape().getDimCount();
                boolean fixed = rank > 0 && tensor.getShape().getDim(rank - 1).hasDimValue();
                return fixed ? tensor.getShape().getDim(rank - 1).getDimValue() : -1;
            }
        }
        return -1;
    }

    private static int labels(NodeProto node) {
        return ints(node, "classlabels_ints").size()
                + strings(node, "classlabels_strings").size();
    }

    private static AttributeProto attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .orElse(AttributeProto.getDefaultInstance());
    }

    static long integer(NodeProto node, String name, long otherwise) {
        AttributeProto attribute = attribute(node, name);
        return attribute.getName().isEmpty() ? otherwise : attribute.getI();
    }

    static List<Long> ints(NodeProto node, String name) {
        return attribute(node, name).getIntsList();
    }

    static List<?> strings(NodeProto node, String name) {
        return attribute(node, name).getStringsList();
    }

    static int floats(NodeProto node, String name) {
        AttributeProto attribute = attribute(node, name);
        return attribute.hasT()
                ? attribute.getT().getDimsList().stream()
                        .mapToInt(Long::intValue)
                        .sum()
                : attribute.getFloatsCount();
    }
}
