package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.statistics.Holm;
import io.github.camelaiflow.statistics.KolmogorovSmirnov;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a window against a reference: the chance of any false alarm over all fields and tests is at most a level, shared by Holm's
 * procedure among the tests that can find anything. Thread-safe.
 */
final class WindowJudge {

    private final Reference reference;
    private final List<String> fields;
    private final long seed;
    private final KolmogorovSmirnov kolmogorovSmirnov = new KolmogorovSmirnov();

    WindowJudge(Reference reference, List<String> fields, long seed) {
        this.reference = reference;
        this.fields = List.copyOf(fields);
        this.seed = seed;
    }

    /** What a window was found to be. */
    record Verdict(DriftStatus status, List<FieldDrift> fields) {}

    /**
     * Judges one window.
     *
     * @param window one sample per field, in order, of one length
     * @param number of the window; decides its random draws together with the seed
     */
    Verdict judge(List<FieldSample> window, long number, double level) {
        List<FieldComparison> comparisons = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            comparisons.add(FieldComparison.of(
                    fields.get(i), reference.sample(fields.get(i)), window.get(i), kolmogorovSmirnov));
        }
        int tests = comparisons.stream()
                .mapToInt(comparison -> comparison.tests().size())
                .sum();
        double lowest = level / Math.max(1, tests);
        List<FieldDrift> results = results(comparisons, outcomes(comparisons, number, lowest), level, lowest);
        int size = window.get(0).counts().total();
        return new Verdict(status(results, PermutationTest.canReject(reference.rows(), size, lowest)), results);
    }

    private List<FieldTest.Outcome> outcomes(List<FieldComparison> comparisons, long number, double lowest) {
        List<FieldTest.Outcome> outcomes = new ArrayList<>();
        for (FieldComparison comparison : comparisons) {
            for (FieldTest test : comparison.tests()) {
                outcomes.add(test.run(lowest, SeededRandom.stream(seed, number, outcomes.size())));
            }
        }
        return outcomes;
    }

    private static List<FieldDrift> results(
            List<FieldComparison> comparisons, List<FieldTest.Outcome> outcomes, double level, double lowest) {
        double[] levels = Holm.levels(
                outcomes.stream().mapToDouble(FieldTest.Outcome::pValue).toArray(), level);
        List<FieldDrift> results = new ArrayList<>();
        int at = 0;
        for (FieldComparison comparison : comparisons) {
            List<TestResult> tests = new ArrayList<>();
            for (FieldTest test : comparison.tests()) {
                tests.add(result(test, outcomes.get(at), levels[at]));
                at++;
            }
            results.add(comparison.result(tests, lowest));
        }
        return results;
    }

    private static TestResult result(FieldTest test, FieldTest.Outcome outcome, double level) {
        return new TestResult(
                test.name(),
                outcome.statistic(),
                outcome.threshold(level),
                level,
                outcome.pValue(),
                outcome.effectSize());
    }

    private static DriftStatus status(List<FieldDrift> fields, boolean windowSuffices) {
        if (fields.stream().anyMatch(FieldDrift::drifted)) {
            return DriftStatus.DRIFTED;
        }
        boolean anyKnown = fields.stream().anyMatch(field -> field.status() == DriftStatus.STABLE);
        return windowSuffices && anyKnown ? DriftStatus.STABLE : DriftStatus.INSUFFICIENT_DATA;
    }
}
