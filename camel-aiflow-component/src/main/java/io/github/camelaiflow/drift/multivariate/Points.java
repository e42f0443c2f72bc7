package io.github.camelaiflow.drift.multivariate;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Rows of a reference and a window as points in one space. A column of numbers gives its normal score (the normal quantile of the
 * value's rank among all rows, ties at their middle; B. L. van der Waerden, 1952), which heavy tails cannot
 * upset, and whether there is a finite number at all; a column of categories gives one coordinate for each of the frequent ones and
 * one for all others. The space depends on the pooled rows alone, not on which are the window's, so that permuting them stays exact.
 */
public final class Points {

    private static final int FREQUENT = 20;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double[][] points;
    private final int reference;

    private Points(double[][] points, int reference) {
        this.points = points;
        this.reference = reference;
    }

    /**
     * Points of rows.
     *
     * @param kinds of the columns
     * @param reference rows, each with a value a column; {@code null} is missing
     * @param window rows alike
     */
    public static Points of(List<FieldKind> kinds, List<Object[]> reference, List<Object[]> window) {
        List<Object[]> rows = new ArrayList<>(reference);
        rows.addAll(window);
        List<double[]> coordinates = new ArrayList<>();
        for (int column = 0; column < kinds.size(); column++) {
            if (kinds.get(column).numeric()) {
                addNumbers(rows, column, coordinates);
            } else {
                addCategories(rows, column, coordinates);
            }
        }
        double[][] points = new double[rows.size()][coordinates.size()];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < points[i].length; j++) {
                points[i][j] = coordinates.get(j)[i];
            }
        }
        return new Points(points, reference.size());
    }

    private static void addNumbers(List<Object[]> rows, int column, List<double[]> coordinates) {
        double[] values = new double[rows.size()];
        double[] missing = new double[rows.size()];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i)[column];
            values[i] = value instanceof Number number && Double.isFinite(number.doubleValue())
                    ? number.doubleValue()
                    : Double.NaN;
            missing[i] = Double.isNaN(values[i]) ? 1 : 0;
            count += Double.isNaN(values[i]) ? 0 : 1;
        }
        double[] sorted =
                Arrays.stream(values).filter(x -> !Double.isNaN(x)).sorted().toArray();
        double[] scores = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scores[i] = Double.isNaN(values[i])
                    ? 0
                    : NORMAL.inverseCumulativeProbability(middle(sorted, values[i]) / count);
        }
        coordinates.add(scores);
        coordinates.add(missing);
    }

    /** How many values are below, and half of those that are equal. */
    private static double middle(double[] sorted, double value) {
        int below = bound(sorted, value, false);
        int upTo = bound(sorted, value, true);
        return (below + upTo) / 2.0;
    }

    private static int bound(double[] sorted, double value, boolean included) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || included && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void addCategories(List<Object[]> rows, int column, List<double[]> coordinates) {
        Map<String, Integer> counts = new HashMap<>();
        String[] names = new String[rows.size()];
        for (int i = 0; i < names.length; i++) {
            Object value = rows.get(i)[column];
            names[i] = category(value);
            counts.merge(names[i], 1, Integer::sum);
        }
        List<String> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(FREQUENT)
                .map(Map.Entry::getKey)
                .toList();
        for (String category : frequent) {
            coordinates.add(Arrays.stream(names)
                    .mapToDouble(name -> name.equals(category) ? 1 : 0)
                    .toArray());
        }
        if (counts.size() > frequent.size()) {
            coordinates.add(Arrays.stream(names)
                    .mapToDouble(name -> frequent.contains(name) ? 0 : 1)
                    .toArray());
        }
    }

    private static String category(Object value) {
        boolean none = value == null
                || value == FieldValue.UNREADABLE
                || value instanceof Double number && !Double.isFinite(number)
                || value instanceof Float single && !Float.isFinite(single);
        return none ? "" : FieldValue.category(value);
    }

    /** All points: the reference's, then the window's. Not to be changed. */
    double[][] all() {
        return points;
    }

    /** How many of them are the reference's. */
    int reference() {
        return reference;
    }

    /** How many of them are the window's. */
    int window() {
        return points.length - reference;
    }

    /** How many coordinates a point has. */
    int width() {
        return points.length == 0 ? 0 : points[0].length;
    }
}
