package io.github.camelaiflow;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.feedback.estimate.FieldBins;
import io.github.camelaiflow.feedback.outcome.Predicted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What feedback keeps of an answer: no value of the record but its key and declared segment. */
final class Answers {

    private static final String OTHER = "other";
    /** By so much models that compute in floats miss 0 and 1. */
    private static final double ROUNDING = 1e-5;

    private final String segment;
    private final Set<String> segments;
    private final FieldBins bins;
    private final DeclaredValues values;

    /**
     * @param segment the field that divides records into segments; {@code null} for none
     * @param segments its declared values
     * @param bins what is kept of fields for attribution; {@code null} for nothing
     * @param values as the bins have them
     */
    Answers(String segment, Set<String> segments, FieldBins bins, DeclaredValues values) {
        this.segment = segment;
        this.segments = segments;
        this.bins = bins;
        this.values = values;
    }

    Predicted kept(Prediction prediction) {
        Map<String, Object> row = prediction.input();
        boolean number = prediction.label() == null && prediction.output().value() instanceof Double;
        return new Predicted(
                prediction.id(),
                prediction.key() == null ? null : LabelReader.plain(prediction.key()),
                prediction.version(),
                row == null ? null : segment(row),
                prediction.label(),
                number ? (Double) prediction.output().value() : Double.NaN,
                number ? Map.of() : probabilities(prediction.output().scores()),
                bins == null || row == null ? null : bins.bins(values.of(row, bins.fields())),
                prediction.time());
    }

    private String segment(Map<String, Object> row) {
        if (segment == null) {
            return null;
        }
        Object value = row.get(segment);
        String name = value == null ? null : LabelReader.plain(value);
        return name != null && segments.contains(name) ? name : OTHER;
    }

    /** A model's scores need not be probabilities; then there are none. */
    private static Map<String, Double> probabilities(Map<String, Double> scores) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (Map.Entry<String, Double> score : scores.entrySet()) {
            Double value = score.getValue();
            if (value == null || !(value >= -ROUNDING && value <= 1 + ROUNDING)) {
                return Map.of();
            }
            probabilities.put(score.getKey(), Math.max(0, Math.min(1, value)));
        }
        return probabilities;
    }
}
