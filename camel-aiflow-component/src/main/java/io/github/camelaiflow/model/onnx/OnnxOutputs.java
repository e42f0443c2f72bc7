package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Scores;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A model's output tensors in the words of {@link Output}, told from their types and the spec's labels:
 *
 * <ul>
 *   <li>a label tensor (INT64, INT32 or strings), a sequence of maps from label to score (ZipMap), or both;
 *   <li>a label tensor and scores [N, K]; without names for the columns the score is their largest;
 *   <li>scores [N, K] alone, with labels in the spec: the largest wins;
 *   <li>numbers [N] or [N, 1] alone, without labels: a regression;
 *   <li>anything else: a map from output name to the row's array.
 * </ul>
 *
 * <p>Integer labels are indices into the spec's labels, if there are any. Thread-safe.
 */
final class OnnxOutputs {

    private final String model;
    private final List<String> labels;
    private final List<String> names;
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

    private OnnxOutputs(ModelSpec spec, Map<String, NodeInfo> nodes, List<String> problems) {
        model = spec.place();
        labels = spec.labels();
        names = List.copyOf(nodes.keySet());
        labelOutput = only(nodes, OnnxOutputs::isLabel);
        String zipMap = only(nodes, OnnxOutputs::isZipMap);
        String scores = only(nodes, OnnxOutputs::isScores);
        scoreOutput = zipMap == null ? scores : zipMap;
        int known = (labelOutput == null ? 0 : 1) + (scoreOutput == null ? 0 : 1);
        if (known < nodes.size()) {
            kind = Kind.ARRAYS;
        } else if (zipMap != null) {
            kind = Kind.ZIP_MAP;
        } else if (scores == null) {
            kind = Kind.LABELS;
        } else {
            kind = scoreKind(columns(nodes.get(scores)));
        }
        checkLabels(nodes, problems);
    }

    /** The outputs; adds what doesn't fit the spec to the problems. */
    static OnnxOutputs of(ModelSpec spec, Map<String, NodeInfo> nodes, List<String> problems) {
        return new OnnxOutputs(spec, nodes, problems);
    }

    private Kind scoreKind(long columns) {
        if (labelOutput != null || !labels.isEmpty()) {
            return Kind.SCORES;
        }
        return columns == 1 ? Kind.VALUE : Kind.ARRAYS;
    }

    private void checkLabels(Map<String, NodeInfo> nodes, List<String> problems) {
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

    private static String only(Map<String, NodeInfo> nodes, Predicate<NodeInfo> test) {
        List<NodeInfo> matching = nodes.values().stream().filter(test).toList();
        return matching.size() == 1 ? matching.get(0).getName() : null;
    }

    private static boolean isLabel(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo info
                && columns(node) == 1
                && (info.type == OnnxJavaType.INT64
                        || info.type == OnnxJavaType.INT32
                        || info.type == OnnxJavaType.STRING);
    }

    private static boolean isZipMap(NodeInfo node) {
        return node.getInfo() instanceof SequenceInfo info && info.isSequenceOfMaps();
    }

    private static boolean isScores(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo info
                && OnnxBuffer.isFloating(info.type)
                && info.getShape().length <= 2;
    }

    /** Elements of a row: 1 for [N], K for [N, K], -1 if the model leaves it open or has more dimensions. */
    private static long columns(NodeInfo node) {
        long[] shape = ((TensorInfo) node.getInfo()).getShape();
        if (shape.length == 1) {
            return shape[0] > 1 ? shape[0] : 1;
        }
        return shape.length == 2 ? shape[1] : shape.length == 0 ? 1 : -1;
    }

    /** The labels if they are known, else the outputs' names. */
    List<String> names() {
        return labels.isEmpty() ? names : labels;
    }

    /**
     * The outcomes of one call.
     *
     * @throws ModelException if an output doesn't hold an answer for each row
     */
    List<Outcome> read(OrtSession.Result result, int rows) throws OrtException {
        return switch (kind) {
            case LABELS -> labelled(labels(result, rows), null, rows);
            case ZIP_MAP -> zipped(result, rows);
            case SCORES -> labelled(labelOutput == null ? null : labels(result, rows), scores(result, rows), rows);
            case VALUE -> values(scores(result, rows));
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

    private String[] labels(OrtSession.Result result, int rows) throws OrtException {
        Object[] values = OnnxValues.labels(value(result, labelOutput));
        if (values.length != rows) {
            throw shape(labelOutput, rows);
        }
        String[] texts = new String[rows];
        for (int row = 0; row < rows; row++) {
            texts[row] = label(values[row]);
        }
        return texts;
    }

    private String label(Object value) {
        boolean index = value instanceof Long l && l >= 0 && l < labels.size();
        return index ? labels.get(((Long) value).intValue()) : value.toString();
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

    private List<Outcome> values(double[][] values) {
        List<Outcome> outcomes = new ArrayList<>(values.length);
        for (double[] value : values) {
            boolean none = Double.isNaN(value[0]);
            outcomes.add(none ? Outcome.failed(RowErrors.noAnswer(model)) : Outcome.of(Output.value(value[0])));
        }
        return outcomes;
    }

    private List<Outcome> labelled(String[] winners, double[][] scores, int rows) {
        List<Outcome> outcomes = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            String winner = winners == null ? null : winners[row];
            if (scores == null) {
                outcomes.add(Outcome.of(Output.label(winner, null, Map.of())));
            } else {
                outcomes.add(labelled(winner, scores[row]));
            }
        }
        return outcomes;
    }

    private Outcome labelled(String winner, double[] scores) {
        OptionalInt largest = OnnxValues.largest(scores);
        if (largest.isEmpty()) {
            return Outcome.failed(RowErrors.noAnswer(model));
        }
        Map<String, Double> byLabel = labels.isEmpty() ? Map.of() : Scores.of(labels, scores);
        String label = winner == null ? labels.get(largest.getAsInt()) : winner;
        return Outcome.of(Output.label(label, byLabel.getOrDefault(label, scores[largest.getAsInt()]), byLabel));
    }

    private List<Outcome> zipped(OrtSession.Result result, int rows) throws OrtException {
        List<Map<Object, Double>> maps = OnnxValues.maps(value(result, scoreOutput));
        if (maps.size() != rows) {
            throw shape(scoreOutput, rows);
        }
        String[] winners = labelOutput == null ? null : labels(result, rows);
        List<Outcome> outcomes = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Map<String, Double> byLabel = new LinkedHashMap<>();
            labels.forEach(label -> byLabel.put(label, null));
            maps.get(row).forEach((key, score) -> byLabel.put(label(key), score));
            byLabel.values().removeIf(Objects::isNull);
            outcomes.add(zipped(winners == null ? null : winners[row], byLabel));
        }
        return outcomes;
    }

    private Outcome zipped(String winner, Map<String, Double> byLabel) {
        String best = winner;
        for (Map.Entry<String, Double> entry : byLabel.entrySet()) {
            if (entry.getValue().isNaN()) {
                return Outcome.failed(RowErrors.noAnswer(model));
            }
            if (winner == null && (best == null || entry.getValue() > byLabel.get(best))) {
                best = entry.getKey();
            }
        }
        return Outcome.of(Output.label(best, byLabel.get(best), byLabel));
    }

    private List<Outcome> arrays(OrtSession.Result result, int rows) throws OrtException {
        List<Map<String, Object>> answers = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            answers.add(new LinkedHashMap<>());
        }
        for (String name : names) {
            Object[] byRow = OnnxValues.byRow(value(result, name), rows);
            if (byRow == null) {
                throw shape(name, rows);
            }
            for (int row = 0; row < rows; row++) {
                answers.get(row).put(name, byRow[row]);
            }
        }
        return answers.stream()
                .map(answer -> Outcome.of(new Output(Collections.unmodifiableMap(answer), null, null, Map.of())))
                .toList();
    }
}
