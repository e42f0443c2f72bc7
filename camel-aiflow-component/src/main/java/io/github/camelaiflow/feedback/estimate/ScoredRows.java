package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.sampling.PermutationSampler;

/** Scored rows as arrays; without those that can't be used, and a sample of them if they are too many. Never changed once read. */
final class ScoredRows {

    /** By class, then row. */
    final double[][] scores;
    /** The class predicted; -1 for one that isn't watched. */
    final int[] predicted;
    /** By class, then row: 1 where it is the true one, 0 else; {@code null} where truths aren't known. */
    final double[][] truth;
    /** How many rows of all each stands for. */
    final double[] weights;
    /** The records; {@code null} where they aren't known. */
    final List<Map<String, Object>> rows;

    final int unusable;
    final boolean sampled;

    private ScoredRows(Reader reader) {
        int classes = reader.labels.count();
        int size = reader.scores.size();
        scores = new double[classes][size];
        truth = reader.truths.isEmpty() ? null : new double[classes][size];
        predicted = new int[size];
        for (int i = 0; i < size; i++) {
            predicted[i] = reader.predicted.get(i);
            for (int c = 0; c < classes; c++) {
                scores[c][i] = reader.scores.get(i)[c];
                if (truth != null && reader.truths.get(i) == c) {
                    truth[c][i] = 1;
                }
            }
        }
        weights = reader.weights.stream().mapToDouble(weight -> weight).toArray();
        rows = reader.rows.contains(null) ? null : reader.rows;
        unusable = reader.unusable;
        sampled = reader.sampled;
    }

    private ScoredRows(ScoredRows all, int[] kept) {
        scores = picked(all.scores, kept);
        truth = picked(all.truth, kept);
        predicted = Arrays.stream(kept).map(i -> all.predicted[i]).toArray();
        weights = Arrays.stream(kept).mapToDouble(i -> all.weights[i]).toArray();
        rows = all.rows == null
                ? null
                : Arrays.stream(kept).mapToObj(all.rows::get).toList();
        unusable = all.unusable;
        sampled = all.sampled;
    }

    int size() {
        return predicted.length;
    }

    int classes() {
        return scores.length;
    }

    /** These rows alone. */
    ScoredRows at(int[] kept) {
        return new ScoredRows(this, kept);
    }

    private static double[][] picked(double[][] byClass, int[] kept) {
        if (byClass == null) {
            return null;
        }
        return Arrays.stream(byClass)
                .map(values -> Arrays.stream(kept).mapToDouble(i -> values[i]).toArray())
                .toArray(double[][]::new);
    }

    static ScoredRows ofBaseline(Labels labels, List<BaselineRow> baseline, EstimateConfig config) {
        Reader reader = new Reader(labels);
        for (int i : reader.chosen(baseline.size(), config)) {
            BaselineRow row = baseline.get(i);
            reader.read(row.scores(), row.label(), row.truth(), true, 1, row.row());
        }
        return new ScoredRows(reader);
    }

    /** @param rows one a prediction, or {@code null} */
    static ScoredRows ofWindow(
            Labels labels, List<Predicted> window, List<Map<String, Object>> rows, EstimateConfig config) {
        Reader reader = new Reader(labels);
        for (int i : reader.chosen(window.size(), config)) {
            Predicted answer = window.get(i);
            reader.read(answer.scores(), answer.label(), null, false, 1, rows == null ? null : rows.get(i));
        }
        return new ScoredRows(reader);
    }

    /** @param rows one an outcome, or {@code null} */
    static ScoredRows ofOutcomes(
            Labels labels, List<Outcome> outcomes, List<Map<String, Object>> rows, EstimateConfig config) {
        Reader reader = new Reader(labels);
        for (int i : reader.chosen(outcomes.size(), config)) {
            Predicted answer = outcomes.get(i).predicted();
            reader.read(
                    answer.scores(),
                    answer.label(),
                    outcomes.get(i).truth().label(),
                    true,
                    1 / outcomes.get(i).truth().selection(),
                    rows == null ? null : rows.get(i));
        }
        return new ScoredRows(reader);
    }

    private static final class Reader {

        final Labels labels;
        final List<double[]> scores = new ArrayList<>();
        final List<Integer> predicted = new ArrayList<>();
        final List<Integer> truths = new ArrayList<>();
        final List<Double> weights = new ArrayList<>();
        final List<Map<String, Object>> rows = new ArrayList<>();
        int unusable;
        boolean sampled;

        Reader(Labels labels) {
            this.labels = labels;
        }

        int[] chosen(int size, EstimateConfig config) {
            sampled = size > config.mostRows();
            if (!sampled) {
                return PermutationSampler.natural(size);
            }
            int[] chosen =
                    new PermutationSampler(SeededRandom.stream(config.seed(), 2), size, config.mostRows()).sample();
            Arrays.sort(chosen);
            return chosen;
        }

        void read(
                Map<String, Double> scored,
                String label,
                String truth,
                boolean known,
                double weight,
                Map<String, Object> row) {
            double[] read = labels.scores(scored);
            if (read == null || !labels.answers(label) || known && truth == null) {
                unusable++;
                return;
            }
            scores.add(read);
            predicted.add(labels.index(label));
            if (known) {
                truths.add(labels.index(truth));
            }
            weights.add(weight);
            rows.add(row);
        }
    }
}
