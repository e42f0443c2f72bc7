package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a value lies less than so many standard deviations above the mean of its column or, on both sides, from it.
 * The deviation is the sample's (n - 1), as in GX; without one (a single value, or all equal) every value is unexpected.
 *
 * @param mostly the share of the values, 0 to 1, that must be so
 */
record ZScore(double threshold, boolean doubleSided, double mostly, String requirement) implements BatchCheck {

    static final String NOT_NUMERIC = "Cannot complete Z-score calculations on a non-numerical column.";

    static ZScore read(Arguments arguments) {
        boolean sided = arguments.flag("double_sided");
        boolean both = sided || arguments.value("double_sided") == null;
        double threshold = 0;
        if (arguments.value("threshold") instanceof Number number && !Values.missing(number)) {
            threshold = Values.toDouble(number);
        } else {
            arguments.problem("threshold must be given; the threshold of z-scores must be a number");
        }
        String requirement = "must be less than " + threshold + " standard deviations " + (both ? "away from" : "above")
                + " the column's mean";
        return new ZScore(both ? Math.abs(threshold) : threshold, both, arguments.mostly(), requirement);
    }

    @Override
    public BatchState newState(Memory memory) {
        return memory.exact() ? new Exact() : new ZScoreSketch(this, memory);
    }

    /** Whether a value lies near enough, given its distance from the mean in deviations. */
    boolean meets(double z) {
        return (doubleSided ? Math.abs(z) : z) < threshold;
    }

    private final class Exact implements BatchState {

        private final List<Object> values = new ArrayList<>();
        private final List<Integer> indexes = new ArrayList<>();
        private boolean numeric = true;

        @Override
        public void add(Object value, int index) {
            numeric &= Coercion.number(value) != null;
            values.add(value);
            indexes.add(index);
        }

        @Override
        public void merge(BatchState state, int offset) {
            Exact later = (Exact) state;
            numeric &= later.numeric;
            values.addAll(later.values);
            later.indexes.forEach(index -> indexes.add(index + offset));
        }

        @Override
        public Finding finding(Counted counted) {
            if (!numeric) {
                return Finding.failed(NOT_NUMERIC);
            }
            double[] numbers = values.stream()
                    .mapToDouble(value -> Values.toDouble(Coercion.number(value)))
                    .toArray();
            double mean = sum(numbers, 0, 1) / numbers.length;
            double deviation = Math.sqrt(sum(numbers, mean, 2) / (numbers.length - 1));
            Misses misses = new Misses(Memory.EXACT);
            for (int i = 0; i < numbers.length; i++) {
                if (!meets((numbers[i] - mean) / deviation)) {
                    misses.add(values.get(i), indexes.get(i));
                }
            }
            return misses.judged(mostly, counted);
        }

        /** The sum of the deviations from a centre to a power, 1 or 2; with A. Neumaier's compensation (ZAMM 54, 1974). */
        private static double sum(double[] numbers, double centre, int power) {
            double sum = 0;
            double lost = 0;
            for (double number : numbers) {
                double term = power == 1 ? number - centre : (number - centre) * (number - centre);
                double next = sum + term;
                lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
                sum = next;
            }
            return Double.isFinite(lost) ? sum + lost : sum;
        }
    }
}
