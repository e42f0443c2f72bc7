package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.statistics.LogisticRegression;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How much more often the window has inputs like each reference row's than the reference has: the odds of a classifier that tells the
 * window's rows from the reference's (S. Bickel, M. Brückner and T. Scheffer, "Discriminative learning for differing training and test
 * distributions", ICML 2007; used so by PAPE, arXiv 2401.08348). Cut at {@value #MOST} times the mean. Immutable.
 *
 * @param weights one a reference row, 1 on average
 * @param replicates weights that a classifier which differs by chance would have given
 */
record InputWeights(double[] weights, List<double[]> replicates) {

    private static final double MOST = 30;
    private static final double RIDGE = 1;
    private static final int REPLICATES = 20;

    /** @param reference columns, row by row; @param window alike */
    static InputWeights of(double[][] reference, double[][] window, long seed) {
        double[][] all = Arrays.copyOf(reference, reference.length + window.length);
        System.arraycopy(window, 0, all, reference.length, window.length);
        boolean[] fromWindow = new boolean[all.length];
        Arrays.fill(fromWindow, reference.length, all.length, true);
        LogisticRegression classifier = LogisticRegression.fit(all, fromWindow, RIDGE);
        UniformRandomProvider random = SeededRandom.stream(seed, 4);
        List<double[]> replicates = new ArrayList<>();
        for (int r = 0; r < REPLICATES; r++) {
            replicates.add(weights(classifier.drawn(random), reference));
        }
        return new InputWeights(weights(classifier, reference), replicates);
    }

    private static double[] weights(LogisticRegression classifier, double[][] reference) {
        double[] weights = new double[reference.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = classifier.logOdds(reference[i]);
            highest = Math.max(highest, weights[i]);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(weights[i] - highest);
        }
        toMeanOne(weights);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.min(MOST, weights[i]);
        }
        toMeanOne(weights);
        return weights;
    }

    private static void toMeanOne(double[] weights) {
        double mean = Arrays.stream(weights).average().orElse(1);
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= mean;
        }
    }

    /** How many rows of equal weight would tell as much: the squared sum over the sum of squares (L. Kish, 1965). */
    double effective() {
        double sum = Arrays.stream(weights).sum();
        return sum * sum / Arrays.stream(weights).map(weight -> weight * weight).sum();
    }
}
