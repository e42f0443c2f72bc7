package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.statistics.Moments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs' fields as the reference has them, and rows as columns of numbers: a number standardised, its square too, a category by
 * its {@value #MOST_CATEGORIES} most frequent values, and whether the value is missing. Immutable.
 */
final class Inputs {

    private static final int MOST_CATEGORIES = 20;
    private static final int MOST_COLUMNS = 200;
    private static final int MOST_KNOWN = 100_000;
    /** Standard deviations at which a number counts as just far away. */
    private static final double FAR = 4;

    private final List<InputField> fields;
    private final int columns;

    private Inputs(List<InputField> fields) {
        this.fields = fields;
        this.columns = fields.stream().mapToInt(InputField::columns).sum();
    }

    /**
     * @param names the fields; empty for all there are
     * @throws IllegalArgumentException if these make more than {@value #MOST_COLUMNS} columns, or a named one is in no row
     */
    static Inputs of(List<Map<String, Object>> rows, List<String> names) {
        Set<String> chosen = new LinkedHashSet<>(names);
        if (names.isEmpty()) {
            rows.forEach(row -> chosen.addAll(row.keySet()));
        }
        List<InputField> fields = new ArrayList<>();
        for (String name : chosen) {
            List<Object> values = rows.stream().map(row -> row.get(name)).toList();
            List<Object> there =
                    values.stream().filter(value -> !missing(value)).toList();
            if (there.isEmpty() && names.contains(name)) {
                throw new IllegalArgumentException("no row of the reference has a value of field " + name);
            }
            if (there.isEmpty()) {
                continue;
            }
            boolean gaps = there.size() < values.size();
            fields.add(
                    there.stream().allMatch(Number.class::isInstance)
                            ? NumberInput.of(name, there, gaps)
                            : CategoryInput.of(name, there, gaps));
        }
        Inputs inputs = new Inputs(List.copyOf(fields));
        if (inputs.columns > MOST_COLUMNS) {
            throw new IllegalArgumentException("inputs are compared by at most " + MOST_COLUMNS
                    + " columns of numbers, these fields make " + inputs.columns + ": name fewer fields");
        }
        return inputs;
    }

    int columns() {
        return columns;
    }

    double[][] columnsOf(List<Map<String, Object>> rows) {
        double[][] all = new double[rows.size()][columns];
        for (int i = 0; i < all.length; i++) {
            int at = 0;
            for (InputField field : fields) {
                field.write(rows.get(i).get(field.name()), all[i], at);
                at += field.columns();
            }
        }
        return all;
    }

    /** Whether a value is one that the reference has nothing like: beyond its range, a new category, newly missing. */
    boolean outside(Map<String, Object> row) {
        for (InputField field : fields) {
            if (field.outside(row.get(field.name()))) {
                return true;
            }
        }
        return false;
    }

    static boolean missing(Object value) {
        return value == null || value instanceof Number number && Double.isNaN(number.doubleValue());
    }

    /** The most frequent values as text, the most frequent first; of equally frequent ones the first by alphabet. */
    static List<String> frequent(List<Object> values, int most) {
        Map<String, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(String.valueOf(value), 1, Integer::sum));
        return counts.keySet().stream()
                .sorted(Comparator.<String>comparingInt(value -> -counts.get(value))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    private interface InputField {

        String name();

        int columns();

        void write(Object value, double[] into, int at);

        boolean outside(Object value);
    }

    private record NumberInput(String name, double centre, double spread, double min, double max, boolean gaps)
            implements InputField {

        static InputField of(String name, List<Object> values, boolean gaps) {
            double[] sorted = values.stream()
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .sorted()
                    .toArray();
            // Without its tails: one value far out must not make all others look alike.
            double low = sorted[(sorted.length - 1) / 100];
            double high = sorted[sorted.length - 1 - (sorted.length - 1) / 100];
            Moments moments = new Moments();
            for (double value : sorted) {
                double within = Math.min(high, Math.max(low, value));
                if (Double.isFinite(within)) {
                    moments.add(within);
                }
            }
            double spread = moments.standardDeviation(0);
            double mean = moments.mean();
            return new NumberInput(
                    name,
                    Double.isFinite(mean) ? mean : sorted[sorted.length / 2],
                    spread > 0 && Double.isFinite(spread) ? spread : 1,
                    sorted[0],
                    sorted[sorted.length - 1],
                    gaps);
        }

        @Override
        public int columns() {
            return 3;
        }

        @Override
        public void write(Object value, double[] into, int at) {
            if (!(value instanceof Number number) || missing(value)) {
                into[at + 2] = 1;
                return;
            }
            double z = (number.doubleValue() - centre) / spread;
            z = Double.isNaN(z) ? 0 : Math.min(FAR, Math.max(-FAR, z));
            into[at] = z;
            into[at + 1] = (z * z - 1) / 2;
        }

        @Override
        public boolean outside(Object value) {
            if (missing(value)) {
                return !gaps;
            }
            if (!(value instanceof Number number)) {
                return true;
            }
            double x = number.doubleValue();
            return x < min || x > max;
        }
    }

    private record CategoryInput(String name, List<String> frequent, Set<String> known, boolean gaps)
            implements InputField {

        static InputField of(String name, List<Object> values, boolean gaps) {
            Set<String> all = values.stream().map(String::valueOf).collect(Collectors.toSet());
            List<String> frequent = Inputs.frequent(values, MOST_CATEGORIES);
            Set<String> known = all.size() > MOST_KNOWN ? Set.of() : Set.copyOf(all);
            return new CategoryInput(name, frequent, known, gaps);
        }

        @Override
        public int columns() {
            return frequent.size() + 1;
        }

        @Override
        public void write(Object value, double[] into, int at) {
            int index = missing(value) ? frequent.size() : frequent.indexOf(String.valueOf(value));
            if (index >= 0) {
                into[at + index] = 1;
            }
        }

        @Override
        public boolean outside(Object value) {
            if (missing(value)) {
                return !gaps;
            }
            return !known.isEmpty() && !known.contains(String.valueOf(value));
        }
    }
}
