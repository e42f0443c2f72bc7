package io.github.camelaiflow.validation.expectations;

/**
 * An aggregate, exact or between bounds.
 *
 * @param value what was observed; {@code null} if there was nothing to observe
 * @param bounds how exact it is, to be decided by whoever knows what is required; {@code null} if exact
 */
record Estimate(Object value, Approximation bounds) {

    /** An exact one; NaN, as the mean of nothing is, counts as nothing observed. */
    static Estimate exact(Object value) {
        return new Estimate(value instanceof Double number && number.isNaN() ? null : value, null);
    }

    static Estimate between(String quantity, Number value, double lower, double upper, double confidence) {
        return new Estimate(value, new Approximation(quantity, lower, upper, confidence, false));
    }
}
