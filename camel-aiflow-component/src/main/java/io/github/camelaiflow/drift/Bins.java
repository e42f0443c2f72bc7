package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The values of a field in a few bins, which the reference decides: bins of values, then missing, of the wrong type, infinite.
 * Immutable and thread-safe.
 */
abstract sealed class Bins {

    /** Ways not to be a value. */
    private static final List<String> ABSENT = List.of("missing", "wrong type", "infinite");

    /** A value of the reference this common has a bin of its own. */
    private static final double POINT_MASS = 0.02;

    private final List<String> names;
    private final double[] reference;

    private Bins(List<String> values, double[] reference) {
        this.names = new ArrayList<>(values);
        this.names.addAll(ABSENT);
        this.reference = reference;
    }

    /** Bins as likely as each other in the reference, but for values that are common by themselves. */
    static Bins likely(FieldSample reference, int most) {
        if (reference instanceof NumberSample numbers) {
            return new Numbers(numbers, quantiles(numbers.sorted(), most));
        }
        return new Categories((CategorySample) reference, most);
    }

    /** Bins of equal width over the reference's middle 99 %, the outer ones open; of categories the most frequent. */
    static Bins wide(FieldSample reference, int most) {
        if (reference instanceof NumberSample numbers) {
            return new Numbers(numbers, steps(numbers.sorted(), most));
        }
        return new Categories((CategorySample) reference, most);
    }

    private static double[] quantiles(double[] sorted, int most) {
        TreeSet<Double> edges = new TreeSet<>();
        for (int i = 1; i < most && sorted.length > 0; i++) {
            int at = (int) ((long) sorted.length * i / most);
            double edge = sorted[at];
            edges.add(edge);
            int last = upper(sorted, edge);
            if (last - upper(sorted, Math.nextDown(edge)) > Math.max(1, POINT_MASS * sorted.length)) {
                edges.add(Math.nextDown(edge));
            }
        }
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] steps(double[] sorted, int most) {
        if (sorted.length == 0) {
            return new double[0];
        }
        double low = sorted[sorted.length / 200];
        double high = sorted[sorted.length - 1 - sorted.length / 200];
        double[] edges = new double[most - 1];
        for (int i = 0; i < edges.length; i++) {
            double share = (i + 1.0) / most;
            edges[i] = low * (1 - share) + high * share;
        }
        return low == high ? new double[] {Math.nextDown(low), low} : edges;
    }

    /** How many of them are at most x. */
    private static int upper(double[] sorted, double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int size() {
        return names.size();
    }

    /** What each bin is called; a category of the reference by its own name. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Upper edges of the bins of numbers but the last, which has none; empty for categories. */
    abstract double[] edges();

    /** How much of the reference is in each bin. */
    double[] reference() {
        return reference.clone();
    }

    /** The bin of the value at a place. */
    abstract int of(Column<?> column, int place);

    /** How many of the column's first values are in each bin. */
    int[] count(Column<?> column, int size) {
        int[] counts = new int[size()];
        for (int place = 0; place < size; place++) {
            counts[of(column, place)]++;
        }
        return counts;
    }

    private static double[] withAbsent(double[] values, ValueCounts counts, double worth) {
        double[] all = Arrays.copyOf(values, values.length + ABSENT.size());
        all[values.length] = counts.missing() * worth;
        all[values.length + 1] = counts.wrongType() * worth;
        all[values.length + 2] = counts.infinite() * worth;
        return all;
    }

    private static final class Numbers extends Bins {

        private final double[] edges;

        Numbers(NumberSample sample, double[] edges) {
            super(names(edges), counts(sample, edges));
            this.edges = edges;
        }

        private static List<String> names(double[] edges) {
            List<String> names = new ArrayList<>();
            for (double edge : edges) {
                names.add("≤ " + (float) edge);
            }
            names.add(edges.length == 0 ? "any" : "> " + (float) edges[edges.length - 1]);
            return names;
        }

        private static double[] counts(NumberSample sample, double[] edges) {
            double[] counts = new double[edges.length + 1];
            int before = 0;
            for (int i = 0; i < counts.length; i++) {
                int to = i < edges.length ? upper(sample.sorted(), edges[i]) : sample.sorted().length;
                counts[i] = to - before;
                before = to;
            }
            int values = sample.counts().values();
            return withAbsent(counts, sample.counts(), values == 0 ? 1 : (double) before / values);
        }

        @Override
        double[] edges() {
            return edges.clone();
        }

        @Override
        int of(Column<?> column, int place) {
            NumberColumn.Numbers chunk = ((NumberColumn) column).chunk(place);
            byte state = chunk.states()[place % Column.CHUNK];
            if (state != NumberColumn.FINITE) {
                return edges.length + state;
            }
            double x = chunk.values()[place % Column.CHUNK];
            int bin = Arrays.binarySearch(edges, x);
            return bin >= 0 ? bin : -bin - 1;
        }
    }

    private static final class Categories extends Bins {

        private final Map<String, Integer> bins;
        private final CategorySample sample;

        Categories(CategorySample sample, int most) {
            this(sample, largest(sample, most));
        }

        private Categories(CategorySample sample, List<String> largest) {
            super(names(largest), counts(sample, largest));
            this.sample = sample;
            this.bins = new HashMap<>();
            largest.forEach(category -> bins.put(category, bins.size()));
        }

        private static List<String> largest(CategorySample sample, int most) {
            return sample.categories().entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(most)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private static List<String> names(List<String> largest) {
            List<String> names = new ArrayList<>(largest);
            names.add("(rarer)");
            names.add("(new)");
            return names;
        }

        private static double[] counts(CategorySample sample, List<String> largest) {
            double[] counts = new double[largest.size() + 2];
            int sum = 0;
            for (int i = 0; i < largest.size(); i++) {
                counts[i] = sample.categories().get(largest.get(i));
                sum += sample.categories().get(largest.get(i));
            }
            counts[largest.size()] = sample.counts().values() - sum;
            return withAbsent(counts, sample.counts(), 1);
        }

        @Override
        double[] edges() {
            return new double[0];
        }

        @Override
        int of(Column<?> column, int place) {
            Object value = ((CategoryColumn) column).value(place);
            int rarer = bins.size();
            if (value == null) {
                return rarer + 2;
            } else if (value == FieldValue.UNREADABLE) {
                return rarer + 3;
            } else if (value == CategoryColumn.INFINITE) {
                return rarer + 4;
            }
            String category = sample.named(FieldValue.category(value));
            Integer bin = bins.get(category);
            return bin != null ? bin : sample.categories().containsKey(category) ? rarer : rarer + 1;
        }
    }
}
