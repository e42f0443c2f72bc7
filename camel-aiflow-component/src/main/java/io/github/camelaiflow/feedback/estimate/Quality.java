package io.github.camelaiflow.feedback.estimate;

import java.util.Arrays;

/**
 * All metrics of one window, from a truth a row and class that may be known (0 or 1) or a probability: every metric is made of sums
 * that are linear in the truth, so the same formulas give the realised quality and the one expected of calibrated probabilities,
 * as NannyML's CBPE defines it (J. Białek, J. Kuberski and N. Perrakis, arXiv 2401.08348, section 3). Immutable.
 */
final class Quality {

    private final ScoredRows rows;
    private final double[] each;
    /** By class: row indexes by falling score. */
    private final int[][] falling;

    Quality(ScoredRows rows) {
        this.rows = rows;
        each = new double[rows.size()];
        Arrays.fill(each, 1);
        falling = new int[rows.classes()][];
        for (int c = 0; c < falling.length; c++) {
            int[] rising = Calibrator.order(rows.scores[c]);
            falling[c] = new int[rising.length];
            for (int i = 0; i < rising.length; i++) {
                falling[c][i] = rising[rising.length - 1 - i];
            }
        }
    }

    /**
     * One number a {@link Metric}, NaN where it isn't defined.
     *
     * @param truth by class, then row, 0 to 1
     */
    double[] of(double[][] truth) {
        return of(truth, each);
    }

    /** @param counts how often each row counts */
    double[] of(double[][] truth, double[] counts) {
        double[] metrics = new double[Metric.values().length];
        double total = Arrays.stream(counts).sum();
        double right = 0;
        double brier = 0;
        Mean precision = new Mean();
        Mean recall = new Mean();
        Mean f1 = new Mean();
        Mean auc = new Mean();
        for (int c = 0; c < truth.length; c++) {
            double[] score = rows.scores[c];
            double tp = 0;
            double fp = 0;
            double fn = 0;
            double tn = 0;
            for (int i = 0; i < score.length; i++) {
                double positive = counts[i] * truth[c][i];
                double negative = counts[i] - positive;
                if (rows.predicted[i] == c) {
                    tp += positive;
                    fp += negative;
                } else {
                    fn += positive;
                    tn += negative;
                }
                brier += positive * (1 - score[i]) * (1 - score[i]) + negative * score[i] * score[i];
            }
            right += truth.length == 1 ? tp + tn : tp;
            precision.add(tp / (tp + fp));
            recall.add(tp / (tp + fn));
            f1.add(2 * tp / (2 * tp + fp + fn));
            auc.add(area(c, truth[c], counts));
        }
        metrics[Metric.ACCURACY.ordinal()] = right / total;
        metrics[Metric.ERROR_RATE.ordinal()] = 1 - right / total;
        metrics[Metric.PRECISION.ordinal()] = precision.value();
        metrics[Metric.RECALL.ordinal()] = recall.value();
        metrics[Metric.F1.ordinal()] = f1.value();
        metrics[Metric.BRIER.ordinal()] = brier / total / (truth.length == 1 ? 1 : 2);
        metrics[Metric.ROC_AUC.ordinal()] = auc.value();
        return metrics;
    }

    /** The curve goes straight through rows of equal score. */
    private double area(int c, double[] truth, double[] counts) {
        double[] score = rows.scores[c];
        int[] order = falling[c];
        double tp = 0;
        double fp = 0;
        double area = 0;
        for (int i = 0; i < order.length; ) {
            double positive = 0;
            double negative = 0;
            double tied = score[order[i]];
            for (; i < order.length && score[order[i]] == tied; i++) {
                double known = counts[order[i]] * truth[order[i]];
                positive += known;
                negative += counts[order[i]] - known;
            }
            area += negative * (tp + positive / 2);
            tp += positive;
            fp += negative;
        }
        return area / (tp * fp);
    }

    /** The mean of those that are defined. */
    private static final class Mean {

        private double sum;
        private int count;

        void add(double value) {
            if (Double.isFinite(value)) {
                sum += value;
                count++;
            }
        }

        double value() {
            return sum / count;
        }
    }
}
