package io.github.camelaiflow.rollout.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares which share of the arms' scores lies above each decile of the control's, and which share has each of the control's
 * most frequent labels. Deciles and labels are those of the control's first answers on this node, and then stay.
 */
final class ScoresWatch extends Watch {

    static final int DECILES = 9;
    static final int LABELS = 8;

    private static final int WARM_UP = 200;

    private final double[] scores = new double[WARM_UP];
    private final Map<String, Integer> labels = new HashMap<>();
    private int scored;
    private int labelled;
    private double[] thresholds;
    private double[] scoreCentres;
    private List<String> frequent;
    private double[] labelCentres;

    ScoresWatch(Guardrail guardrail) {
        super(guardrail);
    }

    @Override
    void randomised(boolean treatment, double share, Observation answer, long times) {
        if (!Double.isNaN(answer.score()) && thresholds != null) {
            for (int i = 0; i < thresholds.length; i++) {
                findings().difference(i).add(treatment, share, scoreCentres[i], answer.score() > thresholds[i], times);
            }
        }
        if (answer.label() != null && frequent != null) {
            for (int i = 0; i < frequent.size(); i++) {
                boolean event = frequent.get(i).equals(answer.label());
                findings().difference(DECILES + i).add(treatment, share, labelCentres[i], event, times);
            }
        }
        if (!treatment) {
            learn(answer);
        }
    }

    @Override
    void paired(Observation control, Observation treatment) {
        if (!Double.isNaN(control.score()) && !Double.isNaN(treatment.score()) && thresholds != null) {
            for (int i = 0; i < thresholds.length; i++) {
                findings()
                        .difference(i)
                        .addPairs(control.score() > thresholds[i], treatment.score() > thresholds[i], 1);
            }
        }
        if (control.label() != null && treatment.label() != null && frequent != null) {
            for (int i = 0; i < frequent.size(); i++) {
                String label = frequent.get(i);
                findings()
                        .difference(DECILES + i)
                        .addPairs(label.equals(control.label()), label.equals(treatment.label()), 1);
            }
        }
        learn(control);
    }

    private void learn(Observation answer) {
        if (thresholds == null && !Double.isNaN(answer.score())) {
            scores[scored++] = answer.score();
            if (scored == WARM_UP) {
                learnThresholds();
            }
        }
        if (frequent == null && answer.label() != null) {
            labels.merge(answer.label(), 1, Integer::sum);
            if (++labelled == WARM_UP) {
                learnLabels();
            }
        }
    }

    private void learnThresholds() {
        Arrays.sort(scores);
        thresholds = new double[DECILES];
        scoreCentres = new double[DECILES];
        int found = 0;
        for (int i = 1; i <= DECILES; i++) {
            double threshold = scores[i * WARM_UP / (DECILES + 1) - 1];
            if (threshold < scores[WARM_UP - 1] && (found == 0 || threshold > thresholds[found - 1])) {
                thresholds[found] = threshold;
                scoreCentres[found++] = tenth(shareAbove(threshold));
            }
        }
        thresholds = Arrays.copyOf(thresholds, found);
    }

    private double shareAbove(double threshold) {
        return Arrays.stream(scores).filter(score -> score > threshold).count() / (double) WARM_UP;
    }

    private void learnLabels() {
        frequent = labels.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LABELS)
                .map(Map.Entry::getKey)
                .toList();
        labelCentres = frequent.stream()
                .mapToDouble(label -> tenth(labels.get(label) / (double) WARM_UP))
                .toArray();
        labels.clear();
    }
}
