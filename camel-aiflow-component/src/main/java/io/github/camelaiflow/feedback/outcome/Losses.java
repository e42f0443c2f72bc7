package io.github.camelaiflow.feedback.outcome;

import java.util.Map;
import java.util.Objects;

/**
 * How wrong an answer was, from 0 (right) to 1 (as wrong as can be). NaN where it cannot be told: the answer has no probabilities, or is not
 * of the kind the loss is for. Lower is better, and all are bounded, which is what bounds on their means rest on.
 */
public final class Losses {

    /** A probability below this one counts as this one, so that the logarithmic loss is bounded. */
    public static final double LEAST_PROBABILITY = 1e-6;

    private Losses() {}

    /** 1 if another label won than the true one, else 0; NaN for a regression. */
    public static double error(Outcome outcome) {
        if (!classified(outcome)) {
            return Double.NaN;
        }
        return outcome.predicted().label().equals(outcome.truth().label()) ? 0 : 1;
    }

    /**
     * Half the squared distance between the probabilities and the truth (G. Brier 1950, scaled to 0 to 1): for two labels (p - y)², with p the
     * probability of one of them and y whether it is true. A label without a probability has 0; if one label alone has one, it is that label
     * or not. NaN without probabilities.
     */
    public static double brier(Outcome outcome) {
        Map<String, Double> scores = outcome.predicted().scores();
        if (!classified(outcome) || scores.isEmpty()) {
            return Double.NaN;
        }
        String truth = outcome.truth().label();
        double sum = scores.containsKey(truth) || scores.size() == 1 ? 0 : 1;
        for (Map.Entry<String, Double> score : scores.entrySet()) {
            double distance = score.getValue() - (score.getKey().equals(truth) ? 1 : 0);
            sum += distance * distance;
        }
        return Math.min(1, scores.size() == 1 ? sum : sum / 2);
    }

    /**
     * The logarithm of the true label's probability, by that of {@link #LEAST_PROBABILITY}: 0 for a probability of 1, 1 for the least or
     * below. If one label alone has a probability, another has what is left. NaN without probabilities.
     */
    public static double logLoss(Outcome outcome) {
        Map<String, Double> scores = outcome.predicted().scores();
        if (!classified(outcome) || scores.isEmpty()) {
            return Double.NaN;
        }
        double probability = probability(scores, outcome.truth().label());
        double clipped = Math.min(1, Math.max(LEAST_PROBABILITY, probability));
        // not -0.0
        return Math.log(clipped) / Math.log(LEAST_PROBABILITY) + 0.0;
    }

    private static double probability(Map<String, Double> scores, String truth) {
        Double known = scores.get(truth);
        if (known != null) {
            return known;
        }
        return scores.size() == 1 ? 1 - scores.values().iterator().next() : 0;
    }

    /**
     * The distance between both values by the greatest that matters; NaN for a classification.
     *
     * @param most from this distance on the loss is 1; above 0
     */
    public static double absoluteError(Outcome outcome, double most) {
        return Math.min(1, distance(outcome) / positive(most));
    }

    /** As {@link #absoluteError}, squared. */
    public static double squaredError(Outcome outcome, double most) {
        double error = absoluteError(outcome, most);
        return error * error;
    }

    private static double distance(Outcome outcome) {
        boolean number = outcome.predicted().label() == null && outcome.truth().label() == null;
        return number ? Math.abs(outcome.predicted().value() - outcome.truth().value()) : Double.NaN;
    }

    private static boolean classified(Outcome outcome) {
        Objects.requireNonNull(outcome, "outcome");
        return outcome.predicted().label() != null && outcome.truth().label() != null;
    }

    private static double positive(double most) {
        if (!(most > 0) || Double.isInfinite(most)) {
            throw new IllegalArgumentException("the greatest error that matters must be a number above 0");
        }
        return most;
    }
}
