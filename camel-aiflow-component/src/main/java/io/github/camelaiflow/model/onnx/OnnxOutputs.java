package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature.ResultSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A model's outputs in the words of {@link Output}, told from their types and the spec's labels:
 *
 * <ul>
 *   <li>a label tensor (INT64, INT32 or strings), a sequence of maps from label to score (ZipMap), or both;
 *   <li>a label tensor and scores [N, K]; without names for the columns the score is their largest;
 *   <li>scores [N, K] alone, with labels in the spec: the largest wins;
 *   <li>numbers [N] or [N, 1] alone, without labels: a regression;
 *   <li>anything else: a map from output name to the row's array, or to the whole array where the model doesn't answer row by
 *       row.
 * </ul>
 *
 * <p>Integer labels are indices into the spec's labels, if there are any. Thread-safe.
 */
final class OnnxOutputs {

    private final String model;
    private final boolean batch;
    private final List<String> labels;
    private final Map<String, OnnxOutput> rewritten;
    private final Map<String, NodeInfo> nodes;
    private final List<String> names;
    private final OnnxAnswers answers;
    private final String labelOutput;
    private final String scoreOutput;
    private final Kind kind;

    private enum Kind {
        LABELS,
        ZIP_MAP,
        SCORES,
        VALUE,
        ARRAYS
    }

    private OnnxOutputs(
            ModelSpec spec, boolean batch, OnnxGraph graph, Map<String, NodeInfo> nodes, List<String> problems) {
        this.model = spec.place();
        this.batch = batch;
        this.labels = spec.labels();
        this.rewritten = graph.outputs();
        this.nodes = nodes;
        this.names = graph.outputNames();
        String zipMap = only(OnnxOutputs::isZipMap);
        String scores = only(this::isScores);
        labelOutput = only(this::isLabel);
        scoreOutput = zipMap == null ? scores : zipMap;
        answers = new OnnxAnswers(model, labels);
        int known = (labelOutput == null ? 0 : 1) + (scoreOutput == null ? 0 : 1);
        if (known < names.size() || known == 0 || !rewritten.isEmpty() || graph.hasOutputOfUnknownRank()) {
            kind = Kind.ARRAYS;
        } else if (zipMap != null) {
            kind = Kind.ZIP_MAP;
        } else if (scores == null) {
            kind = Kind.LABELS;
        } else {
            kind = scoreKind(columns(nodes.get(scores)));
        }
        checkLabels(problems);
    }

    /**
     * The outputs; adds what doesn't fit the spec to the problems.
     *
     * @param batch whether the model answers row by row
     */
    static OnnxOutputs of(
            ModelSpec spec, boolean batch, OnnxGraph graph, Map<String, NodeInfo> nodes, List<String> problems) {
        return new OnnxOutputs(spec, batch, graph, nodes, problems);
    }

    private Kind scoreKind(long columns) {
        if (labelOutput != null || !labels.isEmpty()) {
            return Kind.SCORES;
        }
        return columns == 1 ? Kind.VALUE : Kind.ARRAYS;
    }

    private void checkLabels(List<String> problems) {
        if (labels.isEmpty()) {
            return;
        }
        if (kind == Kind.ARRAYS) {
            problems.add(
                    "labels are given, but none of its outputs " + String.join(", ", names) + " is known as scores");
        } else if (kind == Kind.SCORES) {
            long columns = columns(nodes.get(scoreOutput));
            if (columns >= 0 && columns != labels.size()) {
                problems.add(labels.size() + " labels are given, but its output " + scoreOutput + " has " + columns
                        + (columns == 1 ? " column" : " columns"));
            }
        }
    }

    private String only(Predicate<NodeInfo> test) {
        List<NodeInfo> matching = nodes.values().stream().filter(test).toList();
        return matching.size() == 1 ? matching.get(0).getName() : null;
    }

    private boolean isLabel(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo info) || columns(node) != 1) {
            return false;
        }
        OnnxType type = OnnxType.of(info);
        return type == OnnxType.INT64 || type == OnnxType.INT32 || type == OnnxType.STRING;
    }

    private static boolean isZipMap(NodeInfo node) {
        return node.getInfo() instanceof SequenceInfo info && info.isSequenceOfMaps();
    }

    private boolean isScores(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            return false;
        }
        OnnxType type = OnnxType.of(info);
        return type != null && type.isFloating() && info.getShape().length <= 2;
    }

    /** Elements of a row: 1 for [N], K for [N, K], all for a model of one row; -1 if the model leaves it open. */
    private long columns(NodeInfo node) {
        long[] shape = ((TensorInfo) node.getInfo()).getShape();
        if (!batch) {
            return Arrays.stream(shape).anyMatch(size -> size < 0)
                    ? -1
                    : Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        }
        if (shape.length == 1) {
            return shape[0] > 1 ? shape[0] : 1;
        }
        return shape.length == 2 ? shape[1] : shape.length == 0 ? 1 : -1;
    }

    /** The labels if they are known, else the outputs' names. */
    List<String> names() {
        return labels.isEmpty() ? names : labels;
    }

    /** The outputs as a model server tells them. */
    List<ResultSpec> results() {
        return names.stream().map(this::result).toList();
    }

    private ResultSpec result(String name) {
        OnnxOutput output = rewritten.get(name);
        NodeInfo node = nodes.get(output == null ? name : output.valueName());
        boolean label = name.equals(labelOutput);
        return switch (kind) {
            case ARRAYS -> OnnxResults.array(name, node, output);
            case VALUE -> OnnxResults.score(name, node);
            default -> label ? OnnxResults.label(name, node, labels) : OnnxResults.scores(name, node, labels);
        };
    }

    /**
     * The outcomes of one call.
     *
     * @throws ModelException if an output doesn't hold an answer for each row
     */
    List<Outcome> read(OrtSession.Result result, int rows) throws OrtException {
        return switch (kind) {
            case LABELS -> answers.labels(labels(result, rows));
            case ZIP_MAP -> answers.zipped(zipMap(result, rows), labelOutput == null ? null : labels(result, rows));
            case SCORES -> answers.scores(scores(result, rows), labelOutput == null ? null : labels(result, rows));
            case VALUE -> answers.values(scores(result, rows));
            case ARRAYS -> arrays(result, rows);
        };
    }

    private double[][] scores(OrtSession.Result result, int rows) throws OrtException {
        double[] flat = OnnxValues.doubles(value(result, scoreOutput));
        int columns = flat.length / rows;
        boolean expected = kind == Kind.VALUE ? columns == 1 : labels.isEmpty() || columns == labels.size();
        if (columns * rows != flat.length || columns == 0 || !expected) {
            throw shape(scoreOutput, rows);
        }
        double[][] scores = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(flat, row * columns, scores[row], 0, columns);
        }
        return scores;
    }

    private Object[] labels(OrtSession.Result result, int rows) throws OrtException {
        Object[] values = OnnxValues.labels(value(result, labelOutput));
        if (values.length != rows) {
            throw shape(labelOutput, rows);
        }
        return values;
    }

    private List<Map<Object, Double>> zipMap(OrtSession.Result result, int rows) throws OrtException {
        List<Map<Object, Double>> maps = OnnxValues.maps(value(result, scoreOutput));
        if (maps.size() != rows) {
            throw shape(scoreOutput, rows);
        }
        return maps;
    }

    private OnnxValue value(OrtSession.Result result, String output) {
        return result.get(output)
                .orElseThrow(() -> new ModelException(
                        false, "model " + model + " must answer with its output " + output + ", it has not"));
    }

    private ModelException shape(String output, int rows) {
        return new ModelException(
                false,
                "model " + model + " must answer each of " + rows + " rows in its output " + output
                        + ", with the columns it declares; it answered with another shape");
    }

    private List<Outcome> arrays(OrtSession.Result result, int rows) throws OrtException {
        List<Map<String, Object>> byRow = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            byRow.add(new LinkedHashMap<>());
        }
        for (String name : names) {
            Object all = read(result, name);
            Object[] parts = batch ? OnnxValues.byRow(all, rows) : new Object[] {all};
            if (parts == null) {
                throw shape(name, rows);
            }
            for (int row = 0; row < rows; row++) {
                byRow.get(row).put(name, parts[row]);
            }
        }
        return byRow.stream()
                .map(answer -> Outcome.of(new Output(Collections.unmodifiableMap(answer), null, null, Map.of())))
                .toList();
    }

    private Object read(OrtSession.Result result, String name) throws OrtException {
        OnnxOutput output = rewritten.get(name);
        if (output == null) {
            return OnnxValues.copy(value(result, name));
        }
        if (output.hasName() != null
                && !(Boolean) value(result, output.hasName()).getValue()) {
            return null;
        }
        Object read = OnnxValues.copy(value(result, output.valueName()));
        return output.element() == null ? read : OnnxValues.narrow(read, output.element());
    }
}
