package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.Checks.batch;
import static io.github.camelaiflow.validation.expectations.Checks.panes;
import static io.github.camelaiflow.validation.expectations.Checks.problems;
import static io.github.camelaiflow.validation.expectations.Checks.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.expectations.BatchState.Counted;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnExpectationsTest {

    private static final String UNIQUE = "expect_column_values_to_be_unique";
    private static final String INCREASING = "expect_column_values_to_be_increasing";
    private static final String DECREASING = "expect_column_values_to_be_decreasing";
    private static final String Z_SCORES = "expect_column_value_z_scores_to_be_less_than";

    @Test
    void everyCopyOfARepeatedValueIsUnexpected() {
        Finding finding = batch(read(UNIQUE, "column", "id"), "a", "b", null, "a", "c", "b", "a");

        assertThat(finding.success()).isFalse();
        assertThat(finding.unexpected().count()).isEqualTo(5);
        assertThat(finding.unexpected().values()).containsExactly("a", "b", "a", "b", "a");
        assertThat(finding.unexpected().indexes()).containsExactly(0, 1, 3, 5, 6);
    }

    @Test
    void valuesAreOneByPythonsEquality() {
        Compiled unique = read(UNIQUE, "column", "id");

        assertThat(batch(unique, 7, 7.0, 8L).unexpected().indexes()).containsExactly(0, 1);
        assertThat(batch(unique, 1, true, "1").unexpected().indexes()).containsExactly(0, 1);
        assertThat(batch(unique, "7", 7).success()).isTrue();
        assertThat(batch(unique, new byte[] {1, 2}, new byte[] {1, 2}, new byte[] {2})
                        .unexpected()
                        .indexes())
                .containsExactly(0, 1);
    }

    @Test
    void mostlyIsAShareOfThePresentValues() {
        assertThat(batch(read(UNIQUE, "column", "id", "mostly", 0.6), 1, 1, 2, 3, 4, null)
                        .success())
                .isTrue();
        assertThat(batch(read(UNIQUE, "column", "id", "mostly", 0.61), 1, 1, 2, 3, 4, null)
                        .success())
                .isFalse();
    }

    @Test
    void listsAndMapsCannotBeUnique() {
        Finding finding = batch(read(UNIQUE, "column", "id"), 1, List.of(1));

        assertThat(finding.success()).isFalse();
        assertThat(finding.error()).contains("unhashable");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, INCREASING, DECREASING, Z_SCORES})
    void nothingToJudgeIsSuccess(String type) {
        Compiled compiled =
                type.equals(Z_SCORES) ? read(type, "column", "n", "threshold", 2) : read(type, "column", "n");

        assertThat(batch(compiled).success()).isTrue();
        assertThat(batch(compiled, null, null).success()).isTrue();
        assertThat(batch(compiled, null, null).unexpected().count()).isZero();
    }

    @Test
    void whatFallsBelowTheOneBeforeDoesNotIncrease() {
        Finding finding = batch(read(INCREASING, "column", "n"), 5, null, 3, 3, 8, 7.5);

        assertThat(finding.unexpected().values()).containsExactly(3, 7.5);
        assertThat(finding.unexpected().indexes()).containsExactly(2, 5);
        assertThat(batch(read(INCREASING, "column", "n", "strictly", true), 5, 3, 3, 8)
                        .unexpected()
                        .indexes())
                .containsExactly(1, 2);
    }

    @Test
    void whatRisesAboveTheOneBeforeDoesNotDecrease() {
        Finding finding = batch(read(DECREASING, "column", "n", "mostly", 0.5), 4, 6, 6, 2);

        assertThat(finding.success()).isTrue();
        assertThat(finding.unexpected().indexes()).containsExactly(1);
        assertThat(batch(read(DECREASING, "column", "n", "strictly", true), 4, 6, 6, 2)
                        .unexpected()
                        .indexes())
                .containsExactly(1, 2);
    }

    @Test
    void datesIncreaseAndTextsDoNot() {
        Compiled increasing = read(INCREASING, "column", "day");
        LocalDate day = LocalDate.of(2024, 2, 29);

        assertThat(batch(increasing, day, day.atTime(8, 0), day.minusDays(1))
                        .unexpected()
                        .indexes())
                .containsExactly(2);
        assertThat(batch(increasing, "a", "b").error()).contains("difference");
        assertThat(batch(increasing, "a").error()).contains("difference");
        assertThat(batch(increasing, LocalDateTime.of(2024, 1, 1, 0, 0), 3).error())
                .contains("kind");
    }

    @Test
    void formerSuitesReadTextsAsDates() {
        Compiled decreasing = read(DECREASING, "column", "day", "parse_strings_as_datetimes", true);

        Finding finding = batch(decreasing, "10/3/2023", "9/30/2023", null, "9/4/2023", "12/1/2023");
        assertThat(finding.unexpected().values()).containsExactly("12/1/2023");
        assertThat(batch(decreasing, "10/3/2023", "soon").error()).contains("no date");
        assertThat(panes(decreasing, new Memory(4, 4), List.of("2 May 2023", "1 May 2023", "3 May 2023"), 1)
                        .unexpected()
                        .indexes())
                .containsExactly(2);
    }

    @Test
    void twoInfinitiesHaveNoDifferenceToJudge() {
        double infinity = Double.POSITIVE_INFINITY;

        assertThat(batch(read(INCREASING, "column", "n", "strictly", true), 1, infinity, infinity)
                        .success())
                .isTrue();
    }

    @Test
    void farFromTheMeanIsUnexpected() {
        // Mean 12, deviation of the sample sqrt(620 / 4) = 12.45: 34 lies 1.77 of it away, 5 only 0.56.
        Compiled twoSided = read(Z_SCORES, "column", "n", "threshold", 1.7, "double_sided", true);
        Finding finding = batch(twoSided, 5, 6, null, 7, 8, 34);

        assertThat(finding.unexpected().values()).containsExactly(34);
        assertThat(finding.unexpected().indexes()).containsExactly(5);
        assertThat(batch(read(Z_SCORES, "column", "n", "threshold", 1.8), 5, 6, 7, 8, 34)
                        .success())
                .isTrue();
    }

    @Test
    void oneSidedLetsLowValuesPass() {
        Compiled oneSided = read(Z_SCORES, "column", "n", "threshold", 1.5, "double_sided", false);

        assertThat(batch(oneSided, -34, -5, -6, -7, -8).success()).isTrue();
        assertThat(batch(read(Z_SCORES, "column", "n", "threshold", 1.5), -34, -5, -6, -7, -8)
                        .success())
                .isFalse();
    }

    @Test
    void withoutADeviationEveryValueIsUnexpected() {
        Compiled compiled = read(Z_SCORES, "column", "n", "threshold", 3);

        assertThat(batch(compiled, 9).unexpected().count()).isEqualTo(1);
        assertThat(batch(compiled, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
                        .unexpected()
                        .count())
                .isEqualTo(10);
        assertThat(batch(compiled, 9, "nine").error()).contains("non-numerical");
    }

    @Test
    void argumentsAreChecked() {
        assertThat(problems(Z_SCORES, "column", "n")).singleElement().asString().contains("must be a number");
        assertThat(problems(Z_SCORES, "column", "n", "threshold", "3", "double_sided", "yes"))
                .anySatisfy(problem -> assertThat(problem).contains("threshold"))
                .anySatisfy(problem -> assertThat(problem).contains("double_sided"));
        assertThat(problems(INCREASING, "column", "n", "strictly", "very"))
                .singleElement()
                .asString()
                .contains("strictly must be true or false");
    }

    /** Merging panes equals one pass, in a batch and in bounded memory, and leaves the later pane as it was. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void mergedPanesAreAsOnePass(long seed) {
        Random random = new Random(seed);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            values.add(random.nextInt(5) == 0 ? null : (Object) random.nextInt(150));
        }
        int size = 1 + random.nextInt(60);
        for (String type : List.of(UNIQUE, INCREASING, DECREASING)) {
            Compiled compiled = read(type, "column", "n", "mostly", 0.4);
            assertThat(panes(compiled, Memory.EXACT, values, size))
                    .isEqualTo(panes(compiled, Memory.EXACT, values, 1000));
        }
        Compiled scores = read(Z_SCORES, "column", "n", "threshold", 1.2);
        assertThat(panes(scores, Memory.EXACT, values, size)).isEqualTo(panes(scores, Memory.EXACT, values, 1000));
        Compiled strictly = read(INCREASING, "column", "n", "strictly", true);
        Finding inWindow = panes(strictly, new Memory(200, 8), values, size);
        Finding exact = panes(strictly, Memory.EXACT, values, 1000);
        assertThat(inWindow.unexpected().count()).isEqualTo(exact.unexpected().count());
        assertThat(inWindow.unexpected().values())
                .isEqualTo(exact.unexpected().values().subList(0, Misses.KEPT));
        assertThat(inWindow.unexpected().indexes())
                .isEqualTo(exact.unexpected().indexes().subList(0, Misses.KEPT));
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, INCREASING, DECREASING})
    void mergingLeavesTheLaterStateAsItIs(String type) {
        BatchCheck check = (BatchCheck) read(type, "column", "n").check();
        BatchState later = check.newState(Memory.EXACT);
        later.add(3, 0);
        later.add(4, 1);
        BatchState earlier = check.newState(Memory.EXACT);
        earlier.add(4, 0);
        earlier.add(2, 1);
        Finding before = later.finding(new Counted(2, 0));

        earlier.merge(later, 2);
        earlier.merge(later, 4);
        earlier.add(9, 6);

        assertThat(later.finding(new Counted(2, 0))).isEqualTo(before);
    }

    @Test
    void compoundColumnsAreUniqueTogether() {
        Compiled compound = read("expect_compound_columns_to_be_unique", "column_list", List.of("a", "b"));
        List<Object> gap = new ArrayList<>(List.of(2));
        gap.add(null);

        Finding finding =
                batch(compound, List.of(1, "x"), List.of(1, "y"), gap, List.of(1.0, "x"), new ArrayList<>(gap));

        assertThat(finding.unexpected().indexes()).containsExactly(0, 2, 3, 4);
        assertThat(finding.unexpected().values().get(0)).isEqualTo(Map.of("a", 1, "b", "x"));
    }
}
