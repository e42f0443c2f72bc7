package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Scores;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.features.RowErrors;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Tensor;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A response's tensors in the words of {@link Output}, told from their types and shapes and the spec's labels, as an ONNX
 * model's are:
 *
 * <ul>
 *   <li>labels [N] or [N, 1] (whole numbers or BYTES);
 *   <li>labels and scores [N, K]; without names for the columns the score is their largest;
 *   <li>scores [N, K] alone, with labels in the spec: the largest wins;
 *   <li>numbers [N] or [N, 1] alone, without labels: a regression;
 *   <li>anything else: a map from output name to the row's array.
 * </ul>
 *
 * <p>Whole numbers as labels are indices into the spec's labels, if there are any. Thread-safe.
 */
final class RemoteOutputs {

    private static final int ROWS_OF_SCORES = 2;

    private final String model;
    private final List<String> labels;
    private final List<String> names;

    private RemoteOutputs(ModelSpec spec, List<TensorMetadata> outputs, List<String> problems) {
        this.model = spec.place();
        this.labels = spec.labels();
        this.names = outputs.stream().map(TensorMetadata::name).toList();
        if (!labels.isEmpty() && !outputs.isEmpty()) {
            checkLabels(outputs, problems);
        }
    }

    /** The outputs; adds what doesn't fit the spec to the problems. */
    static RemoteOutputs of(ModelSpec spec, List<TensorMetadata> outputs, List<String> problems) {
        return new RemoteOutputs(spec, outputs, problems);
    }

    private void checkLabels(List<TensorMetadata> outputs, List<String> problems) {
        List<TensorMetadata> scores = outputs.stream()
                .filter(output -> output.datatype().floating() && output.shape().size() <= ROWS_OF_SCORES)
                .toList();
        boolean labelled = outputs.size() == 1 && !outputs.get(0).datatype().floating();
        if (scores.size() != 1 && !labelled) {
            problems.add(
                    "labels are given, but none of its outputs " + String.join(", ", names) + " is known as scores");
        } else if (scores.size() == 1 && scores.get(0).shape().size() == ROWS_OF_SCORES) {
            long columns = scores.get(0).shape().get(1);
            if (columns >= 0 && columns != labels.size()) {
                problems.add(labels.size() + " labels are given, but its output "
                        + scores.get(0).name() + " has " + columns + (columns == 1 ? " column" : " columns"));
            }
        }
    }

    /** The labels if they are known, else the outputs' names. */
    List<String> names() {
        return labels.isEmpty() ? names : labels;
    }

    /**
     * The outcomes of one response.
     *
     * @throws ModelException if an output doesn't hold an answer for each row
     */
    List<Outcome> read(InferResponse response, int rows) {
        List<Tensor> outputs = response.outputs();
        if (outputs.isEmpty()) {
            throw new ModelException(false, "model " + model + " must answer with an output, it has none");
        }
        outputs.forEach(output -> checkRows(output, rows));
        Tensor label = only(outputs.stream()
                .filter(output -> !output.datatype().floating() && columns(output, rows) == 1)
                .toList());
        Tensor score = only(outputs.stream()
                .filter(output -> output.datatype().floating() && columns(output, rows) > 0)
                .toList());
        int known = (label == null ? 0 : 1) + (score == null ? 0 : 1);
        if (known < outputs.size()) {
            return arrays(outputs, rows);
        }
        if (score == null) {
            return labelled(labels(label, rows), null, rows);
        }
        int columns = columns(score, rows);
        if (label == null && labels.isEmpty()) {
            return columns == 1 ? values(doubles(score)) : arrays(outputs, rows);
        }
        if (!labels.isEmpty() && columns != labels.size()) {
            throw shape(score, rows);
        }
        return labelled(label == null ? null : labels(label, rows), doubles(score), rows);
    }

    private static Tensor only(List<Tensor> tensors) {
        return tensors.size() == 1 ? tensors.get(0) : null;
    }

    /** Elements of a row: 1 for [N], K for [N, K]; -1 with more dimensions. Of a sole row also [K] and []. */
    private static int columns(Tensor output, int rows) {
        int rank = output.shape().size();
        return rank <= ROWS_OF_SCORES ? output.elements() / rows : -1;
    }

    private void checkRows(Tensor output, int rows) {
        boolean each = !output.shape().isEmpty() && output.shape().get(0) == rows;
        if (output.elements() == 0 || !each && rows > 1) {
            throw shape(output, rows);
        }
    }

    private ModelException shape(Tensor output, int rows) {
        return new ModelException(
                false,
                "model " + model + " must answer each of " + rows + " rows in its output " + output.name()
                        + ", with as many columns as there are labels; it answered with shape " + output.shape());
    }

    private static double[] doubles(Tensor output) {
        double[] numbers = new double[output.elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Array.getDouble(output.data(), i);
        }
        return numbers;
    }

    private String[] labels(Tensor output, int rows) {
        String[] texts = new String[rows];
        for (int row = 0; row < rows; row++) {
            texts[row] = label(output, row);
        }
        return texts;
    }

    private String label(Tensor output, int row) {
        Object element = Array.get(output.data(), row);
        if (element instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (element instanceof Boolean) {
            return element.toString();
        }
        long whole = unsigned(output, ((Number) element).longValue());
        if (whole >= 0 && whole < labels.size()) {
            return labels.get((int) whole);
        }
        return output.datatype().unsigned() ? Long.toUnsignedString(whole) : String.valueOf(whole);
    }

    private static long unsigned(Tensor output, long extended) {
        int bits = output.datatype().size() * Byte.SIZE;
        return output.datatype().unsigned() && bits < Long.SIZE ? extended & (1L << bits) - 1 : extended;
    }

    private List<Outcome> values(double[] values) {
        List<Outcome> outcomes = new ArrayList<>(values.length);
        for (double value : values) {
            boolean none = Double.isNaN(value);
            outcomes.add(none ? Outcome.failed(RowErrors.noAnswer(model)) : Outcome.of(Output.value(value)));
        }
        return outcomes;
    }

    private List<Outcome> labelled(String[] winners, double[] scores, int rows) {
        List<Outcome> outcomes = new ArrayList<>(rows);
        int columns = scores == null ? 0 : scores.length / rows;
        for (int row = 0; row < rows; row++) {
            String winner = winners == null ? null : winners[row];
            if (scores == null) {
                outcomes.add(Outcome.of(Output.label(winner, null, Map.of())));
            } else {
                double[] own = new double[columns];
                System.arraycopy(scores, row * columns, own, 0, columns);
                outcomes.add(labelled(winner, own));
            }
        }
        return outcomes;
    }

    private Outcome labelled(String winner, double[] scores) {
        int largest = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                return Outcome.failed(RowErrors.noAnswer(model));
            }
            largest = scores[i] > scores[largest] ? i : largest;
        }
        Map<String, Double> byLabel = labels.isEmpty() ? Map.of() : Scores.of(labels, scores);
        String label = winner == null ? labels.get(largest) : winner;
        return Outcome.of(Output.label(label, byLabel.getOrDefault(label, scores[largest]), byLabel));
    }

    private static List<Outcome> arrays(List<Tensor> outputs, int rows) {
        List<Map<String, Object>> answers = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            answers.add(new LinkedHashMap<>());
        }
        for (Tensor output : outputs) {
            Object all = output.nested();
            boolean parted = !output.shape().isEmpty() && output.shape().get(0) == rows;
            for (int row = 0; row < rows; row++) {
                answers.get(row).put(output.name(), parted ? Array.get(all, row) : all);
            }
        }
        return answers.stream()
                .map(answer -> Outcome.of(new Output(Collections.unmodifiableMap(answer), null, null, Map.of())))
                .toList();
    }
}
