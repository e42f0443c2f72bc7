package io.github.camelaiflow;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.definition.DriftSettings;
import io.github.camelaiflow.drift.profile.Profile;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records with what the model made of them, under the names of columns, so that both are watched alike. */
final class AnsweredRows {

    private final String label;
    private final String score;

    private AnsweredRows(String label, String score) {
        this.label = label;
        this.score = score;
    }

    /**
     * The records with label and score.
     *
     * @param names what the reference calls them, if it is no profile, which has names of its own
     * @param rows the records; those without an answer stay as they are
     * @param answers what infer has left on the message
     */
    static List<Map<String, Object>> of(DriftSettings names, List<Map<String, Object>> rows, Object answers) {
        List<Prediction> predictions = predictions(answers);
        if (predictions.size() != rows.size()) {
            return rows;
        }
        AnsweredRows view = new AnsweredRows(
                names.label() == null ? Profile.LABEL : names.label(),
                names.score() == null ? Profile.SCORE : names.score());
        List<Map<String, Object>> answered = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            answered.add(view.new Answered(rows.get(i), predictions.get(i)));
        }
        return answered;
    }

    static List<Prediction> predictions(Object answers) {
        if (answers instanceof Predictions list) {
            return list;
        }
        return answers instanceof Prediction one ? List.of(one) : List.of();
    }

    /** A view: what is not asked for costs nothing. */
    private final class Answered extends AbstractMap<String, Object> {

        private final Map<String, Object> row;
        private final Prediction prediction;

        Answered(Map<String, Object> row, Prediction prediction) {
            this.row = row;
            this.prediction = prediction;
        }

        @Override
        public Object get(Object name) {
            if (name.equals(label) || name.equals(Profile.LABEL)) {
                return prediction.label();
            }
            return name.equals(score) || name.equals(Profile.SCORE) ? prediction.score() : row.get(name);
        }

        @Override
        public boolean containsKey(Object name) {
            return name.equals(label)
                    || name.equals(score)
                    || name.equals(Profile.LABEL)
                    || name.equals(Profile.SCORE)
                    || row.containsKey(name);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>(row);
            all.put(Profile.LABEL, prediction.label());
            all.put(Profile.SCORE, prediction.score());
            all.put(label, prediction.label());
            all.put(score, prediction.score());
            return all.entrySet();
        }
    }
}
