package io.github.camelaiflow.model.onnx;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Scores;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Labels and scores as outcomes, row by row; a NaN among them is the row's error. Thread-safe. */
final class OnnxAnswers {

    private final String model;
    private final List<String> labels;

    /** @param labels names of the score columns; empty if they are not known */
    OnnxAnswers(String model, List<String> labels) {
        this.model = model;
        this.labels = labels;
    }

    /** Each row's sole number. */
    List<Outcome> values(double[][] values) {
        List<Outcome> outcomes = new ArrayList<>(values.length);
        for (double[] value : values) {
            boolean none = Double.isNaN(value[0]);
            outcomes.add(none ? Outcome.failed(RowErrors.noAnswer(model)) : Outcome.of(Output.value(value[0])));
        }
        return outcomes;
    }

    /** Labels without scores. */
    List<Outcome> labels(Object[] winners) {
        List<Outcome> outcomes = new ArrayList<>(winners.length);
        for (Object winner : winners) {
            outcomes.add(Outcome.of(Output.label(label(winner), null, Map.of())));
        }
        return outcomes;
    }

    /** Scores by column; the winner is the model's label, or without one ({@code null}) the largest. */
    List<Outcome> scores(double[][] scores, Object[] winners) {
        List<Outcome> outcomes = new ArrayList<>(scores.length);
        for (int row = 0; row < scores.length; row++) {
            outcomes.add(scores(scores[row], winners == null ? null : label(winners[row])));
        }
        return outcomes;
    }

    private Outcome scores(double[] scores, String winner) {
        OptionalInt largest = OnnxValues.largest(scores);
        if (largest.isEmpty()) {
            return Outcome.failed(RowErrors.noAnswer(model));
        }
        Map<String, Double> byLabel = labels.isEmpty() ? Map.of() : Scores.of(labels, scores);
        String label = winner == null ? labels.get(largest.getAsInt()) : winner;
        return Outcome.of(Output.label(label, byLabel.getOrDefault(label, scores[largest.getAsInt()]), byLabel));
    }

    /** Scores by label; the winner as for columns. */
    List<Outcome> zipped(List<Map<Object, Double>> maps, Object[] winners) {
        List<Outcome> outcomes = new ArrayList<>(maps.size());
        for (int row = 0; row < maps.size(); row++) {
            Map<String, Double> byLabel = new LinkedHashMap<>();
            labels.forEach(label -> byLabel.put(label, null));
            maps.get(row).forEach((key, score) -> byLabel.put(label(key), score));
            byLabel.values().removeIf(Objects::isNull);
            outcomes.add(zipped(winners == null ? null : label(winners[row]), byLabel));
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

    private String label(Object value) {
        boolean index = value instanceof Long l && l >= 0 && l < labels.size();
        return index ? labels.get(((Long) value).intValue()) : value.toString();
    }
}
