package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.statistics.KolmogorovSmirnov;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Judges a window against a reference: where nothing has drifted, the chance of any alarm over all fields and tests is at most a
 * level, shared by the plan's correction among the tests that can find anything. Thread-safe.
 */
final class WindowJudge {

    /** One for all, as it remembers critical values. */
    private static final KolmogorovSmirnov KOLMOGOROV_SMIRNOV = new KolmogorovSmirnov();

    private final Map<String, FieldSample> reference;
    private final int referenceRows;
    private final TestPlan plan;
    private final long seed;

    WindowJudge(Reference reference, List<String> fields, long seed) {
        this(reference, fields, TestPlan.DEFAULT, seed);
    }

    /** @throws IllegalArgumentException if the plan has a field of categories tested as numbers */
    WindowJudge(Reference reference, List<String> fields, TestPlan plan, long seed) {
        this(samples(reference, fields), reference.rows(), plan, seed);
    }

    /** As the other, for the samples of each field of the reference, in order. */
    WindowJudge(Map<String, FieldSample> reference, int referenceRows, TestPlan plan, long seed) {
        this.reference = new LinkedHashMap<>(reference);
        this.referenceRows = referenceRows;
        this.plan = plan;
        this.seed = seed;
        reference.forEach((field, sample) -> plan.of(field, sample instanceof NumberSample));
    }

    private static Map<String, FieldSample> samples(Reference reference, List<String> fields) {
        Map<String, FieldSample> samples = new LinkedHashMap<>();
        fields.forEach(field -> samples.put(field, reference.sample(field)));
        return samples;
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
        reference.forEach((field, sample) -> comparisons.add(
                FieldComparison.of(field, sample, window.get(comparisons.size()), plan, KOLMOGOROV_SMIRNOV)));
        int tests = comparisons.stream()
                .mapToInt(comparison -> comparison.tests().size())
                .sum();
        double lowest = plan.correction().lowestLevel(tests, level);
        List<FieldDrift> results = results(comparisons, outcomes(comparisons, number, lowest), level, lowest);
        int size = window.get(0).counts().total();
        boolean suffices = PermutationTest.canReject(referenceRows, size, lowest);
        return new Verdict(status(results, level, suffices), results);
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

    private List<FieldDrift> results(
            List<FieldComparison> comparisons, List<FieldTest.Outcome> outcomes, double level, double lowest) {
        double[] levels = plan.correction().levels(mattering(comparisons, outcomes), level);
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

    /** The p-values; 1 where the effect is too small, so that what cannot be an alarm makes none easier for the others. */
    private static double[] mattering(List<FieldComparison> comparisons, List<FieldTest.Outcome> outcomes) {
        List<FieldTest> tests = comparisons.stream()
                .flatMap(comparison -> comparison.tests().stream())
                .toList();
        return IntStream.range(0, tests.size())
                .mapToObj(i -> result(tests.get(i), outcomes.get(i), 1))
                .mapToDouble(TestResult::matteringPValue)
                .toArray();
    }

    private static TestResult result(FieldTest test, FieldTest.Outcome outcome, double level) {
        return new TestResult(
                test.name(),
                outcome.statistic(),
                outcome.threshold(level),
                level,
                outcome.pValue(),
                outcome.effectSize(),
                test.minimumEffect());
    }

    private DriftStatus status(List<FieldDrift> fields, double level, boolean windowSuffices) {
        if (fields.stream().anyMatch(FieldDrift::drifted) || differ(fields, level)) {
            return DriftStatus.DRIFTED;
        }
        boolean anyKnown = fields.stream().anyMatch(field -> field.status() == DriftStatus.STABLE);
        return windowSuffices && anyKnown ? DriftStatus.STABLE : DriftStatus.INSUFFICIENT_DATA;
    }

    /** Whether all tests together say what none says alone; those whose effect is too small have nothing to say. */
    private boolean differ(List<FieldDrift> fields, double level) {
        double[] pValues = fields.stream()
                .flatMap(field -> field.tests().stream())
                .mapToDouble(TestResult::matteringPValue)
                .toArray();
        boolean matter = IntStream.range(0, pValues.length).anyMatch(i -> pValues[i] < 1);
        return matter && plan.correction().differs(pValues, level);
    }
}
