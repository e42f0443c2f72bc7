package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * From a score to a probability for one class: the isotonic fit if it lowers the expected calibration error on rows it was not fitted
 * to, the score itself else. The fit is kept in either case: it says how well the reference knows the probabilities. Immutable.
 *
 * @param fit to the reference
 * @param used whether it stands for the scores
 */
record Calibrator(IsotonicFit fit, boolean used) {

    private static final int FOLDS = 5;
    private static final int BINS = 10;

    static Calibrator of(double[] scores, double[] truth, double[] weights, long seed) {
        int[] order = order(scores);
        return new Calibrator(
                IsotonicFit.of(order, scores, truth, weights), helps(order, scores, truth, weights, seed));
    }

    double value(double score) {
        return used ? fit.value(score) : score;
    }

    /** Indexes by rising score. */
    static int[] order(double[] scores) {
        Integer[] boxed = new Integer[scores.length];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, Comparator.comparingDouble(i -> scores[i]));
        return Arrays.stream(boxed).mapToInt(i -> i).toArray();
    }

    /** Whether the error on held-out rows is lower with the fit, on average over stratified folds. */
    private static boolean helps(int[] order, double[] scores, double[] truth, double[] weights, long seed) {
        int[] folds = folds(truth, FOLDS, seed);
        double gain = 0;
        double[] fitted = scores.clone();
        for (int fold = 0; fold < FOLDS; fold++) {
            double[] others = weights.clone();
            double[] held = weights.clone();
            for (int i = 0; i < folds.length; i++) {
                (folds[i] == fold ? others : held)[i] = 0;
            }
            if (Arrays.stream(others).sum() == 0 || Arrays.stream(held).sum() == 0) {
                return false;
            }
            IsotonicFit fit = IsotonicFit.of(order, scores, truth, others);
            for (int i = 0; i < fitted.length; i++) {
                fitted[i] = folds[i] == fold ? fit.value(scores[i]) : fitted[i];
            }
            gain += calibrationError(scores, truth, held) - calibrationError(fitted, truth, held);
        }
        return gain > 0;
    }

    /** A fold a row, each with its share of positive rows. */
    static int[] folds(double[] truth, int count, long seed) {
        UniformRandomProvider random = SeededRandom.stream(seed, 1);
        int[] folds = new int[truth.length];
        int dealt = 0;
        int[] shuffled = PermutationSampler.natural(truth.length);
        PermutationSampler.shuffle(random, shuffled);
        for (int kind = 0; kind < 2; kind++) {
            for (int i : shuffled) {
                if (truth[i] == kind) {
                    folds[i] = dealt++ % count;
                }
            }
        }
        return folds;
    }

    /**
     * The expected calibration error: ten bins of equal width; in each the distance of mean probability and share of positive rows,
     * weighted by the bin's share of rows. M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI 2015.
     */
    static double calibrationError(double[] probabilities, double[] truth, double[] weights) {
        double[] distance = new double[BINS];
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            int bin = Math.min(BINS - 1, (int) (probabilities[i] * BINS));
            distance[bin] += weights[i] * (probabilities[i] - truth[i]);
            total += weights[i];
        }
        return Arrays.stream(distance).map(Math::abs).sum() / total;
    }
}
