package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the first Wasserstein distance lies in a range: how far a column's numbers have to be moved, on average, to be
 * distributed as expected. It is the area between the two cumulative distributions.
 *
 * @param numbers expected numbers, the least first
 * @param weights how much each counts
 */
record WassersteinDistance(Range range, List<Double> numbers, List<Double> weights) implements BatchCheck {

    private static final String NAME = "Wasserstein distance";

    private record Point(double number, double weight) {}

    /** With {@code raw_values}, or {@code partition} of values and weights. */
    static BatchCheck read(Arguments arguments) {
        Range range = Range.numbers(arguments);
        List<Point> points = new ArrayList<>();
        Object partition = arguments.value("partition");
        if (arguments.value("raw_values") instanceof List<?> raw) {
            raw.forEach(value -> points.add(point(arguments, value, 1)));
        } else if (partition != null) {
            Categories categories = Categories.read(arguments, "partition");
            for (int i = 0; i < categories.values().size(); i++) {
                points.add(point(
                        arguments,
                        categories.values().get(i),
                        categories.weights().get(i)));
            }
        }
        if (points.isEmpty()) {
            arguments.problem("raw_values or partition must be given, as a list of numbers or with values and weights");
        }
        points.sort((a, b) -> Double.compare(a.number, b.number));
        return new WassersteinDistance(
                range,
                points.stream().map(Point::number).toList(),
                points.stream().map(Point::weight).toList());
    }

    private static Point point(Arguments arguments, Object value, double weight) {
        if (value instanceof Number number && Double.isFinite(Values.toDouble(number))) {
            return new Point(Values.toDouble(number), weight);
        }
        arguments.problem("raw_values and values of partition must be finite numbers");
        return new Point(0, weight);
    }

    @Override
    public String requirement() {
        return range.of(NAME);
    }

    @Override
    public String notInWindows() {
        return "it needs all values in order; use expect_column_kl_divergence_to_be_less_than in a window";
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(
                new Numbers(NAME), (all, counted) -> judge(all.column().sorted()));
    }

    private Finding judge(double[] sorted) throws Unjudgeable {
        if (sorted.length == 0) {
            return Finding.observed(false, null);
        }
        double distance = distance(sorted);
        return Double.isNaN(distance)
                ? Finding.observed(false, null)
                : Finding.observed(range.holds(distance), distance);
    }

    /** Walks both in order and adds up, from each number to the next, the difference of the shares below. */
    private double distance(double[] sorted) {
        double total = Weights.sum(weights);
        double distance = 0;
        double expected = 0;
        int i = 0;
        int j = 0;
        double at = Math.min(sorted[0], numbers.get(0));
        while (i < sorted.length || j < numbers.size()) {
            boolean observedNext = j == numbers.size() || (i < sorted.length && sorted[i] <= numbers.get(j));
            double next = observedNext ? sorted[i] : numbers.get(j);
            if (next > at) {
                distance += (next - at) * Math.abs((double) i / sorted.length - expected / total);
                at = next;
            }
            if (observedNext) {
                i++;
            } else {
                expected += weights.get(j++);
            }
        }
        return distance;
    }
}
