package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.statistics.KolmogorovSmirnov;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One field's reference against its window: the tests that apply, and what they can know. Always looks at presence (values, missing,
 * wrong type, infinite) as well as at the values.
 */
final class FieldComparison {

    private final String name;
    private final FieldSample reference;
    private final FieldSample window;
    private final FieldTest values;
    private final List<FieldTest> tests;
    private final int newCategories;

    private FieldComparison(
            String name, FieldSample reference, FieldSample window, List<FieldTest> tests, int newCategories) {
        this.name = name;
        this.reference = reference;
        this.window = window;
        this.values = tests.get(0);
        this.tests = tests.stream().filter(FieldTest::informative).toList();
        this.newCategories = newCategories;
    }

    static FieldComparison of(
            String name, FieldSample reference, FieldSample window, TestPlan plan, KolmogorovSmirnov test) {
        TestChoice choice = plan.of(name, reference instanceof NumberSample);
        TableTest presence =
                TableTest.presence(reference.counts().table(), window.counts().table(), plan.minimumPresence());
        if (reference instanceof NumberSample expected && window instanceof NumberSample seen) {
            FieldTest values = numbers(choice, expected, seen.sorted(), test);
            return new FieldComparison(name, reference, window, List.of(values, presence), 0);
        }
        CategorySample expected = (CategorySample) reference;
        CategorySample seen = ((CategorySample) window).like(expected);
        Set<String> categories = new TreeSet<>(expected.categories().keySet());
        categories.addAll(seen.categories().keySet());
        int[] expectedCounts = counts(expected, categories);
        int[] seenCounts = counts(seen, categories);
        List<FieldTest> tests = List.of(
                TableTest.categories(choice, expectedCounts, seenCounts),
                TableTest.unseen(expectedCounts, seenCounts, window.counts().total(), choice.minimumEffect()),
                presence);
        return new FieldComparison(
                name,
                reference,
                window,
                tests,
                categories.size() - expected.categories().size());
    }

    private static FieldTest numbers(
            TestChoice choice, NumberSample reference, double[] window, KolmogorovSmirnov test) {
        return choice.test() == DistanceTest.KOLMOGOROV_SMIRNOV
                ? new ValueTest(reference.sorted(), window, choice.minimumEffect(), test)
                : GridTest.of(choice, reference, window);
    }

    /** In the order of the names, so that the same window gives the same draws. */
    private static int[] counts(CategorySample sample, Set<String> categories) {
        return categories.stream()
                .mapToInt(category -> sample.categories().getOrDefault(category, 0))
                .toArray();
    }

    /** The tests that take a share of the budget. */
    List<FieldTest> tests() {
        return tests;
    }

    FieldDrift result(List<TestResult> results, double lowestLevel) {
        boolean drifted = results.stream().anyMatch(TestResult::drifted);
        DriftStatus status = drifted
                ? DriftStatus.DRIFTED
                : values.canReject(lowestLevel) ? DriftStatus.STABLE : DriftStatus.INSUFFICIENT_DATA;
        return new FieldDrift(name, status, results, reference.counts(), window.counts(), newCategories);
    }
}
