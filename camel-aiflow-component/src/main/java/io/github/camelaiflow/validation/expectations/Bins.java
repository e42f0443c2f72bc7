package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * GX's continuous {@code partition_object}: the edges of bins and the expected shares of the values in them.
 *
 * @param edges increasing; the first and the last may be infinite
 * @param weights one less than edges
 * @param tails the shares below the first and above the last edge; {@code null} if not given
 */
record Bins(List<Double> edges, List<Double> weights, List<Double> tails) {

    /** The required argument of that name; {@code null} after a problem. */
    static Bins read(Arguments arguments, String name) {
        if (!(arguments.value(name) instanceof Map<?, ?> map) || !(map.get("bins") instanceof List<?> bins)) {
            arguments.problem(name + " must be given, with the lists bins and weights, or values and weights");
            return null;
        }
        int problems = arguments.problemCount();
        List<Double> edges = edges(arguments, name, bins);
        List<Double> weights = Weights.read(arguments, name, map.get("weights"));
        if (bins.size() < 2) {
            arguments.problem("bins of " + name + " must be at least two numbers, the edges of one bin");
        }
        if (weights.size() + 1 != bins.size()) {
            arguments.problem("bins of " + name + " must be one more than its weights");
        }
        List<Double> all = new ArrayList<>(weights);
        List<Double> tails = null;
        if (map.get("tail_weights") != null) {
            tails = Weights.read(arguments, name, map.get("tail_weights"));
            all.addAll(tails);
            if (tails.size() != 2) {
                arguments.problem("tail_weights of " + name + " must be two numbers");
            }
        }
        Weights.requireSum(arguments, name, all);
        Bins read = new Bins(edges, weights, tails);
        return arguments.problemCount() == problems && read.consistent(arguments, name) ? read : null;
    }

    private static List<Double> edges(Arguments arguments, String name, List<?> bins) {
        List<Double> edges = new ArrayList<>();
        for (Object edge : bins) {
            double value = edge instanceof Number number ? number.doubleValue() + 0.0 : Double.NaN;
            boolean increases = edges.isEmpty() || edges.get(edges.size() - 1) < value;
            if (Double.isNaN(value) || !increases) {
                arguments.problem("bins of " + name + " must be numbers, each greater than the one before");
                return edges;
            }
            edges.add(value);
        }
        return edges;
    }

    private boolean consistent(Arguments arguments, String name) {
        if (tails != null && (openBelow() || openAbove())) {
            arguments.problem("tail_weights of " + name + " cannot stand beside infinite bins; remove one of the two");
            return false;
        }
        return true;
    }

    boolean openBelow() {
        return edges.get(0) == Double.NEGATIVE_INFINITY;
    }

    boolean openAbove() {
        return edges.get(edges.size() - 1) == Double.POSITIVE_INFINITY;
    }

    double[] edgeArray() {
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
