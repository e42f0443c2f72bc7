package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.List;

/** Shares of a whole, as GX's partition objects give them. */
final class Weights {

    /** How far numpy's {@code allclose} lets a sum lie from 1. */
    private static final double TOLERANCE = 1e-8 + 1e-5;

    private Weights() {}

    /** The weights; empty after a problem. */
    static List<Double> read(Arguments arguments, String name, Object given) {
        List<Double> weights = new ArrayList<>();
        if (given instanceof List<?> list) {
            for (Object weight : list) {
                if (weight instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() <= 1 + TOLERANCE) {
                    weights.add(number.doubleValue());
                }
            }
        }
        if (!(given instanceof List<?> list) || weights.size() < list.size()) {
            arguments.problem("weights of " + name + " must be a list of numbers from 0 to 1");
        }
        return weights;
    }

    static void requireSum(Arguments arguments, String name, List<Double> weights) {
        double sum = sum(weights);
        if (!weights.isEmpty() && Math.abs(sum - 1) > TOLERANCE) {
            arguments.problem(
                    "weights of " + name + " must add up to 1, the tail_weights included; they add up to " + sum);
        }
    }

    static double sum(List<Double> weights) {
        return weights.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** A share from 0 to 1 that is held back; 0 if not given or after a problem. */
    static double holdout(Arguments arguments, String name) {
        return share(arguments, name, 0);
    }

    /** A number from 0 to 1; the given one if there is none, or after a problem. */
    static double share(Arguments arguments, String name, double otherwise) {
        Object value = arguments.value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        arguments.problem(name + " must be a number from 0 to 1");
        return otherwise;
    }
}
