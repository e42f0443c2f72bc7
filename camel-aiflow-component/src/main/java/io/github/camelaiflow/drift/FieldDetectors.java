package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.statistics.MultivariateHypergeometric;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.statistics.change.ChangeDetector;
import io.github.camelaiflow.statistics.change.ChangeStatus;
import io.github.camelaiflow.statistics.change.DetectorSettings;
import io.github.camelaiflow.statistics.change.DetectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A conformal detector for each column, which sees value after value rather than windows. Each has its share of the budget, so that all
 * together raise a false alarm every so many records on average. They are given a pane's values when it is complete, and begin anew
 * after an alarm. Of a pane that is too large to be kept they see its sample. On one thread at a time.
 *
 * <p>Of a large reference each knows a random sample, and begins anew from it after twice as many values, so that it takes 280 kB at
 * most. Of more than five segments each has its share of that, 56 kB at least.
 */
final class FieldDetectors {

    private static final String NAME = "conformal";
    private static final int MOST_REFERENCE = 5_000;
    private static final int FEWEST_REFERENCE = 1_000;
    private static final int REFERENCE_OF_ALL_SEGMENTS = 25_000;
    private static final double FEWEST_VALUES = 100;
    private static final double MOST_VALUES = 1e12;

    private final List<ChangeDetector> detectors = new ArrayList<>();
    private final List<FieldSample> samples;
    private final double each;

    /**
     * @param falseAlarms records between two false alarms of all columns together
     * @param samples of the reference, one a column
     * @param segments how many segments have detectors
     * @throws IllegalArgumentException if false alarms are to be rarer than a detector can tell
     */
    FieldDetectors(double falseAlarms, List<FieldSample> samples, int segments, long seed) {
        each = Math.max(FEWEST_VALUES, falseAlarms * Math.max(1, samples.size()));
        if (each > MOST_VALUES) {
            throw new IllegalArgumentException("falseAlarms must leave the detector of each of " + samples.size()
                    + " columns at most 10^12 values, left " + each);
        }
        this.samples = List.copyOf(samples);
        int most = mostReference(segments);
        for (int i = 0; i < samples.size(); i++) {
            detectors.add(detector(
                    DetectorSettings.of(DetectorType.CONFORMAL)
                            .withFalseAlarms(each)
                            .withEpoch(2 * most)
                            .withSeed(seed + i),
                    samples.get(i),
                    most));
        }
    }

    /** How many of the reference's values each detector knows at most. */
    static int mostReference(int segments) {
        return Math.min(MOST_REFERENCE, Math.max(FEWEST_REFERENCE, REFERENCE_OF_ALL_SEGMENTS / segments));
    }

    /** {@code null} where the reference has no values. */
    private static ChangeDetector detector(DetectorSettings settings, FieldSample sample, int most) {
        if (sample instanceof NumberSample numbers) {
            double[] values = values(numbers.sorted(), most, settings.seed());
            return values.length == 0 ? null : settings.forNumbers(values);
        }
        List<String> values = values((CategorySample) sample, most, settings.seed());
        return values.isEmpty() ? null : settings.forCategories(values);
    }

    /** The reference's values in order; of many a random sample. */
    static double[] values(double[] sorted, int most, long seed) {
        if (sorted.length <= most) {
            return sorted;
        }
        UniformRandomProvider random = SeededRandom.stream(seed);
        double[] values = new double[most];
        int wanted = most;
        for (int i = 0; wanted > 0; i++) {
            // each of those left has the same chance to be among those still wanted
            if (random.nextInt(sorted.length - i) < wanted) {
                values[most - wanted] = sorted[i];
                wanted--;
            }
        }
        return values;
    }

    /** The reference's values; of many a random sample, in which rare ones are as rare as they were. */
    private static List<String> values(CategorySample sample, int most, long seed) {
        List<String> names = sample.categories().keySet().stream().sorted().toList();
        int[] counts = names.stream().mapToInt(sample.categories()::get).toArray();
        int all = Arrays.stream(counts).sum();
        if (all > most) {
            new MultivariateHypergeometric(counts, most, SeededRandom.stream(seed)).sample(counts);
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            values.addAll(Collections.nCopies(counts[i], names.get(i)));
        }
        return values;
    }

    /** Takes the pane's values, and adds what each detector says to the column's other tests. */
    List<FieldDrift> judge(Pane pane, List<FieldDrift> fields) {
        List<FieldDrift> judged = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            ChangeDetector detector = detectors.get(i);
            judged.add(detector == null ? fields.get(i) : fields.get(i).and(judge(detector, pane, i)));
        }
        return judged;
    }

    private TestResult judge(ChangeDetector detector, Pane pane, int column) {
        for (int place = 0; place < pane.size() && detector.status() != ChangeStatus.CHANGED; place++) {
            Object kept = pane.columns().get(column).value(place);
            double value = value(samples.get(column), kept);
            if (!Double.isNaN(value)) {
                detector.add(value);
            }
        }
        TestResult result = result(detector);
        if (detector.status() == ChangeStatus.CHANGED) {
            detector.reset();
        }
        return result;
    }

    /**
     * Without a change the evidence after n values is n on average at most. So the chance that it has ever been as large as m by then
     * is at most n / m, and n / threshold that it has been an alarm.
     */
    private TestResult result(ChangeDetector detector) {
        double values = Math.max(1, detector.count());
        double level = Math.min(Math.nextDown(1.0), values / each);
        double chance = Math.min(1, values / detector.evidence());
        double pValue = detector.status() == ChangeStatus.CHANGED ? level : Math.max(Math.nextUp(level), chance);
        return new TestResult(NAME, detector.evidence(), detector.threshold(), level, pValue, Double.NaN, 0);
    }

    /** NaN for what is no value: how often that occurs, presence is tested for. */
    private static double value(FieldSample reference, Object kept) {
        if (reference instanceof CategorySample categories) {
            return category(categories, kept);
        }
        return kept instanceof Double number && Double.isFinite(number) ? number : Double.NaN;
    }

    private static double category(CategorySample reference, Object kept) {
        boolean none = kept == null || kept == FieldValue.UNREADABLE || kept == CategoryColumn.INFINITE;
        return none ? Double.NaN : DetectorSettings.place(reference.named(FieldValue.category(kept)));
    }
}
