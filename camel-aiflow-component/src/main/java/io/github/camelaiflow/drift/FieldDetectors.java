package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.statistics.change.ChangeDetector;
import io.github.camelaiflow.statistics.change.ChangeStatus;
import io.github.camelaiflow.statistics.change.DetectorSettings;
import io.github.camelaiflow.statistics.change.DetectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A conformal detector for each column, which sees value after value rather than windows. Each has its share of the budget, so that all
 * together raise a false alarm every so many records on average. They are given a pane's values when it is complete, and begin anew
 * after an alarm. Of a pane that is too large to be kept they see its sample. On one thread at a time.
 */
final class FieldDetectors {

    private static final String NAME = "conformal";
    private static final int MOST_CATEGORIES = 5_000;

    private final List<ChangeDetector> detectors = new ArrayList<>();
    private final List<FieldSample> samples;
    private final double level;

    /**
     * @param falseAlarms records between two false alarms of all columns together
     * @param samples of the reference, one a column
     */
    FieldDetectors(double falseAlarms, List<FieldSample> samples, long seed) {
        double each = falseAlarms * Math.max(1, samples.size());
        level = 1 / each;
        this.samples = List.copyOf(samples);
        for (int i = 0; i < samples.size(); i++) {
            detectors.add(detector(
                    DetectorSettings.of(DetectorType.CONFORMAL)
                            .withFalseAlarms(each)
                            .withSeed(seed + i),
                    samples.get(i)));
        }
    }

    /** {@code null} where the reference has no values. */
    private static ChangeDetector detector(DetectorSettings settings, FieldSample sample) {
        if (sample instanceof NumberSample numbers) {
            return numbers.sorted().length == 0 ? null : settings.forNumbers(numbers.sorted());
        }
        List<String> values = new ArrayList<>();
        Map<String, Integer> counts = ((CategorySample) sample).categories();
        long all = counts.values().stream().mapToLong(Integer::longValue).sum();
        double scale = Math.min(1, (double) MOST_CATEGORIES / Math.max(1, all));
        counts.forEach((category, count) -> {
            for (int i = 0; i < Math.ceil(count * scale); i++) {
                values.add(category);
            }
        });
        return values.isEmpty() ? null : settings.forCategories(values);
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
            double value = samples.get(column) instanceof NumberSample ? number(kept) : category(kept);
            if (!Double.isNaN(value)) {
                detector.add(value);
            }
        }
        double evidence = detector.evidence();
        double threshold = detector.threshold();
        boolean alarm = detector.status() == ChangeStatus.CHANGED;
        if (alarm) {
            detector.reset();
        }
        double pValue = alarm ? level : Math.min(1, Math.max(Math.nextUp(level), level * threshold / evidence));
        return new TestResult(NAME, evidence, threshold, level, pValue, Double.NaN, 0);
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double category(Object value) {
        boolean none = value == null || value == FieldValue.UNREADABLE || value == CategoryColumn.INFINITE;
        return none ? Double.NaN : DetectorSettings.place(FieldValue.category(value));
    }
}
