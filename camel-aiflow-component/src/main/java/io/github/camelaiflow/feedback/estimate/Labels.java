package io.github.camelaiflow.feedback.estimate;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The classes that are watched, each against the rest: the positive label alone, or all labels that have a score. Immutable.
 *
 * @param names in order
 * @param binary whether only the positive label is watched
 */
record Labels(List<String> names, boolean binary) {

    private static final int MOST = 100;

    /** @throws IllegalArgumentException if there are more than {@value #MOST} labels and no positive one */
    static Labels of(String positive, List<BaselineRow> baseline) {
        if (positive != null) {
            return new Labels(List.of(positive), true);
        }
        TreeSet<String> names = new TreeSet<>();
        for (BaselineRow row : baseline) {
            names.addAll(row.scores().keySet());
            if (names.size() > MOST) {
                throw new IllegalArgumentException("quality can be estimated for at most " + MOST
                        + " labels; the reference has scores of more: name a positive label");
            }
        }
        return new Labels(List.copyOf(names), false);
    }

    int count() {
        return names.size();
    }

    /** -1 for a label that isn't watched. */
    int index(String label) {
        return label == null ? -1 : names.indexOf(label);
    }

    /** Whether an answer can be judged: the label is watched, or there is a positive one and this is another. */
    boolean answers(String label) {
        return label != null && (binary || names.contains(label));
    }

    /** One score a watched label; {@code null} if one is missing or no probability. */
    double[] scores(Map<String, Double> scores) {
        double[] read = new double[names.size()];
        for (int i = 0; i < read.length; i++) {
            Double score = scores.get(names.get(i));
            if (score == null || !(score >= 0 && score <= 1)) {
                return null;
            }
            read[i] = score;
        }
        return read;
    }
}
