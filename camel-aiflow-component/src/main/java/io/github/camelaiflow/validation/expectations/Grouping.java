package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How GX groups a column for a cross table: numbers by bins, given or of equal width; other values by groups that are given, or
 * the most frequent each by itself and the rest together.
 *
 * @param edges of bins for numbers; empty for bins of equal width
 * @param groups of each value that has one
 * @param count how many bins, or how many values by themselves
 */
record Grouping(List<Double> edges, Map<Object, String> groups, int count) {

    private static final String MISSING = "(missing)";
    private static final String OTHER = "(other)";
    private static final int DEFAULT_COUNT = 10;
    private static final int MAX_COUNT = 1000;

    static Grouping read(Arguments arguments, String bins, String number) {
        Integer count = arguments.count(number);
        if (count != null && (count == 0 || count > MAX_COUNT)) {
            arguments.problem(number + " must be from 1 to " + MAX_COUNT);
        }
        TreeSet<Double> edges = new TreeSet<>();
        Map<Object, String> groups = new HashMap<>();
        Object given = arguments.value(bins);
        boolean right = given == null || given instanceof List<?>;
        if (given instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Number edge && Double.isFinite(edge.doubleValue())) {
                    edges.add(edge.doubleValue() + 0.0);
                } else {
                    right &= one instanceof List<?> group && addGroup(group, groups);
                }
            }
            right &= edges.isEmpty() != groups.isEmpty() && edges.size() != 1;
        }
        if (!right) {
            arguments.problem(bins + " must be a list of numbers, two at least, or a list of lists of values");
        }
        return new Grouping(List.copyOf(edges), groups, count == null ? DEFAULT_COUNT : count);
    }

    private static boolean addGroup(List<?> group, Map<Object, String> groups) {
        for (Object value : group) {
            try {
                groups.put(
                        Keys.of(value),
                        String.join(", ", group.stream().map(String::valueOf).toList()));
            } catch (Unjudgeable e) {
                return false;
            }
        }
        return !group.isEmpty();
    }

    /**
     * The group of each value, {@code null} being missing.
     *
     * @throws Unjudgeable if bins of equal width cannot span the numbers
     */
    List<String> group(List<Object> column) throws Unjudgeable {
        List<Object> present = column.stream().filter(Objects::nonNull).toList();
        boolean numbers = !present.isEmpty() && present.stream().allMatch(Number.class::isInstance);
        return numbers && groups.isEmpty() ? bins(column, present) : values(column);
    }

    private List<String> bins(List<Object> column, List<Object> present) throws Unjudgeable {
        double[] numbers = present.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
        double least = Arrays.stream(numbers).min().orElseThrow();
        double greatest = Arrays.stream(numbers).max().orElseThrow();
        if (edges.isEmpty() && !Double.isFinite(greatest - least)) {
            throw new Unjudgeable("bins of equal width need finite numbers; give bins_A and bins_B");
        }
        double[] limits = edges.isEmpty() ? equalWidths(least, greatest) : extended(least, greatest);
        List<String> grouped = new ArrayList<>(column.size());
        for (Object value : column) {
            grouped.add(value == null ? MISSING : bin(((Number) value).doubleValue(), limits));
        }
        return grouped;
    }

    private static String bin(double number, double[] limits) {
        int found = Arrays.binarySearch(limits, number + 0.0);
        int bin = Math.min(found >= 0 ? found : -found - 2, limits.length - 2);
        return "[" + limits[bin] + ", " + limits[bin + 1] + (bin == limits.length - 2 ? "]" : ")");
    }

    /** As numpy makes them; half a unit to each side of a lone value. */
    private double[] equalWidths(double least, double greatest) {
        double from = least == greatest ? least - 0.5 : least;
        double to = least == greatest ? greatest + 0.5 : greatest;
        double[] limits = new double[count + 1];
        for (int i = 0; i < count; i++) {
            limits[i] = from + (to - from) / count * i;
        }
        limits[count] = to;
        return limits;
    }

    private double[] extended(double least, double greatest) {
        TreeSet<Double> all = new TreeSet<>(edges);
        all.add(Math.min(least, all.first()) + 0.0);
        all.add(Math.max(greatest, all.last()) + 0.0);
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private List<String> values(List<Object> column) {
        Set<Object> alone = groups.isEmpty() ? mostFrequent(column) : null;
        List<String> grouped = new ArrayList<>(column.size());
        for (Object value : column) {
            if (value == null) {
                grouped.add(MISSING);
            } else if (alone == null) {
                grouped.add(groups.getOrDefault(value, value.toString()));
            } else {
                grouped.add(alone.contains(value) ? value.toString() : OTHER);
            }
        }
        return grouped;
    }

    /** All if there are no more than the count; of equally frequent ones those that came first. */
    private Set<Object> mostFrequent(List<Object> column) {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        column.stream().filter(Objects::nonNull).forEach(value -> counts.merge(value, 1, Integer::sum));
        return new HashSet<>(counts.entrySet().stream()
                .sorted(Map.Entry.<Object, Integer>comparingByValue().reversed())
                .limit(count)
                .map(Map.Entry::getKey)
                .toList());
    }
}
