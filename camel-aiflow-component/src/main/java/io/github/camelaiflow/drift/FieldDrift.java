package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.ValueCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known about one field in one window. Holds no value of a record.
 *
 * @param field its name
 * @param status DRIFTED if a test has found drift; INSUFFICIENT_DATA if there were too few values for the test of values to be
 *     able to find any; else STABLE
 * @param tests the tests that could say anything: a column with one single value in reference and window has none
 * @param reference what the reference holds
 * @param window what the window holds
 * @param newCategories how many categories the window has and the reference lacks; 0 for numbers
 * @param change since when a drifted field differs, as far as can be told; {@code null} if it has not drifted
 */
public record FieldDrift(
        String field,
        DriftStatus status,
        List<TestResult> tests,
        ValueCounts reference,
        ValueCounts window,
        int newCategories,
        ChangePoint change) {

    public FieldDrift {
        tests = List.copyOf(tests);
    }

    /** Without a change point. */
    public FieldDrift(
            String field,
            DriftStatus status,
            List<TestResult> tests,
            ValueCounts reference,
            ValueCounts window,
            int newCategories) {
        this(field, status, tests, reference, window, newCategories, null);
    }

    /** This, with an estimate of since when. */
    FieldDrift since(ChangePoint point) {
        return new FieldDrift(field, status, tests, reference, window, newCategories, point);
    }

    /** This, with what another test said. */
    FieldDrift and(TestResult test) {
        List<TestResult> all = new ArrayList<>(tests);
        all.add(test);
        return new FieldDrift(
                field, test.drifted() ? DriftStatus.DRIFTED : status, all, reference, window, newCategories, change);
    }

    /** Whether any test has found drift. */
    public boolean drifted() {
        return status == DriftStatus.DRIFTED;
    }

    /** The test that speaks loudest for drift: one that found it, by the smallest p-value for its level; empty if there was none. */
    public Optional<TestResult> decisive() {
        return tests.stream()
                .min(Comparator.comparing((TestResult test) -> !test.drifted())
                        .thenComparingDouble(test -> test.pValue() / test.level()));
    }
}
