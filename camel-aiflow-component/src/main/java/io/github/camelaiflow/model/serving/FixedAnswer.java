package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stand-in that answers every record alike, marked {@code DEFAULT}. Thread-safe. */
public final class FixedAnswer implements Model {

    private static final List<String> KEYS = List.of("label", "score", "scores");

    private final String place;
    private final Outcome outcome;

    private FixedAnswer(String place, Output output) {
        this.place = place;
        this.outcome = Outcome.of(output).by(ServedBy.DEFAULT);
    }

    /**
     * The answer as a definition writes it: {@code label} with or without {@code score} and {@code scores} by label, or {@code
     * score} alone for a regressed value.
     *
     * @param place where it stands, for messages
     * @throws ModelException with all that is wrong with it
     */
    public static FixedAnswer of(String place, Map<String, ?> answer) {
        List<String> problems = new ArrayList<>();
        answer.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> problems.add(key + " is not known, known are " + String.join(", ", KEYS)));
        Object label = answer.get("label");
        Object score = answer.get("score");
        if (label != null && !(label instanceof String text && !text.isEmpty())) {
            problems.add("label must be a text");
        }
        if (score != null && !isNumber(score)) {
            problems.add("score must be a finite number");
        }
        if (label == null && score == null) {
            problems.add("label or score is required, such as {label: review, score: 0.5}");
        }
        Map<String, Double> scores = scores(answer.get("scores"), label, problems);
        if (!problems.isEmpty()) {
            throw ModelException.unfit(place, problems);
        }
        Double number = score == null ? null : ((Number) score).doubleValue();
        return new FixedAnswer(
                place, label == null ? Output.value(number) : Output.label((String) label, number, scores));
    }

    private static Map<String, Double> scores(Object given, Object label, List<String> problems) {
        Map<String, Double> scores = new LinkedHashMap<>();
        if (given == null) {
            return scores;
        }
        if (label == null) {
            problems.add("scores go with a label");
        }
        if (!(given instanceof Map<?, ?> map)) {
            problems.add("scores must be a map from label to number");
            return scores;
        }
        map.forEach((name, score) -> {
            if (isNumber(score)) {
                scores.put(String.valueOf(name), ((Number) score).doubleValue());
            } else {
                problems.add("scores." + name + " must be a finite number");
            }
        });
        return scores;
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    @Override
    public Signature signature() {
        String label = outcome.output().label();
        return new Signature(List.of(), List.of(), label == null ? List.of() : List.of(label));
    }

    @Override
    public Effort effort() {
        return Effort.AT_ONCE;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (!(input instanceof ModelInput.Rows rows)) {
            throw new ModelException(false, place + " answers records, not tensors");
        }
        return Collections.nCopies(rows.rows().size(), outcome);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
