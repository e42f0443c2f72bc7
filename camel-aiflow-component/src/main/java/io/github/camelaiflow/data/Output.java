package io.github.camelaiflow.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model answered for one record.
 *
 * @param value the answer in the model's own terms: the label (String), the regressed value (Double) or, with several
 *     dimensions, a Map of them, the cluster (Integer), the set of labels (Set of String), {@code ANOMALOUS} or
 *     {@code EXPECTED}, or for tensors a Map from output name to array
 * @param label the winning label; {@code null} where the model has no labels
 * @param score the winning label's probability (or the model's score where it is no probability), or the regressed
 *     value; {@code null} where there is none
 * @param scores score per label or dimension, in the model's order; empty where there is none
 */
public record Output(Object value, String label, Double score, Map<String, Double> scores) {

    public Output {
        scores = scores instanceof Scores ? scores : Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** A classification. */
    public static Output label(String label, Double score, Map<String, Double> scores) {
        return new Output(label, label, score, scores);
    }

    /** A regression of one dimension. */
    public static Output value(double value) {
        return new Output(value, null, value, Map.of());
    }
}
