package io.github.camelaiflow.validation.expectations;

import java.util.List;
import java.util.Map;

/**
 * The Kullback-Leibler divergence of what was observed from what was expected, and GX's verdict on it.
 *
 * @param threshold the greatest divergence that is met; {@code null} for any
 */
record Divergence(Double threshold) {

    static Divergence read(Arguments arguments) {
        Object value = arguments.value("threshold");
        if (value != null && !(value instanceof Number number && number.doubleValue() >= 0)) {
            arguments.problem("threshold must be a number from 0 up, or null to observe only");
            return new Divergence(null);
        }
        return new Divergence(value == null ? null : ((Number) value).doubleValue());
    }

    String requirement() {
        return threshold == null
                ? "may have any distribution"
                : "must have a KL divergence from its expected distribution of at most " + threshold;
    }

    /** The verdict; an infinite or undefined divergence is observed as {@code null}, and met only by no threshold. */
    Finding finding(List<Double> observed, List<Double> expected, Map<String, Object> details) {
        double divergence = of(observed, expected);
        return Finding.observed(
                threshold == null || divergence <= threshold,
                Double.isFinite(divergence) ? (Object) divergence : null,
                details);
    }

    /** The sum of p log(p/q) over shares that are made to add up to 1, as scipy's {@code entropy}; infinite where q alone is 0. */
    static double of(List<Double> p, List<Double> q) {
        double sumP = Weights.sum(p);
        double sumQ = Weights.sum(q);
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            double share = p.get(i) / sumP;
            double expected = q.get(i) / sumQ;
            if (share > 0) {
                sum += expected > 0 ? share * Math.log(share / expected) : Double.POSITIVE_INFINITY;
            } else if (Double.isNaN(share)) {
                return Double.NaN;
            }
        }
        return sum;
    }
}
