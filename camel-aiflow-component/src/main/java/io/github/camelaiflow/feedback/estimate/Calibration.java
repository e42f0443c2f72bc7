package io.github.camelaiflow.feedback.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From scores to probabilities, for all classes. Immutable.
 *
 * @param calibrators one a class
 * @param replicates fits, one a class each, that weights which differ by chance would have given; at least one entry
 */
record Calibration(List<Calibrator> calibrators, List<List<IsotonicFit>> replicates) {

    /** @param reference with truths; @param weights one a row */
    static Calibration of(ScoredRows reference, double[] weights, long seed) {
        List<Calibrator> calibrators = IntStream.range(0, reference.classes())
                .mapToObj(c -> Calibrator.of(reference.scores[c], reference.truth[c], weights, seed))
                .toList();
        return new Calibration(
                calibrators, List.of(calibrators.stream().map(Calibrator::fit).toList()));
    }

    /** With a fit a class and replicate. */
    static Calibration of(ScoredRows reference, InputWeights weights, long seed) {
        Calibration centre = of(reference, weights.weights(), seed);
        int[][] orders = Arrays.stream(reference.scores).map(Calibrator::order).toArray(int[][]::new);
        List<List<IsotonicFit>> replicates = weights.replicates().stream()
                .map(drawn -> IntStream.range(0, orders.length)
                        .mapToObj(c -> IsotonicFit.of(orders[c], reference.scores[c], reference.truth[c], drawn))
                        .toList())
                .toList();
        return new Calibration(centre.calibrators, replicates);
    }

    boolean used() {
        return calibrators.stream().anyMatch(Calibrator::used);
    }

    /** By class, then row; with several classes they add up to 1. */
    double[][] probabilities(ScoredRows rows) {
        double[][] probabilities = new double[rows.classes()][];
        for (int c = 0; c < probabilities.length; c++) {
            probabilities[c] =
                    Arrays.stream(rows.scores[c]).map(calibrators.get(c)::value).toArray();
        }
        normalise(probabilities);
        return probabilities;
    }

    static void normalise(double[][] probabilities) {
        if (probabilities.length == 1) {
            return;
        }
        for (int i = 0; i < probabilities[0].length; i++) {
            double sum = 0;
            for (double[] ofClass : probabilities) {
                sum += ofClass[i];
            }
            for (double[] ofClass : probabilities) {
                ofClass[i] = sum > 0 ? ofClass[i] / sum : 1.0 / probabilities.length;
            }
        }
    }
}
