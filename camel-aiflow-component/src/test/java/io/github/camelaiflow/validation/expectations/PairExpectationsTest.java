package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.Checks.kwargs;
import static io.github.camelaiflow.validation.expectations.Checks.meets;
import static io.github.camelaiflow.validation.expectations.Checks.problems;
import static io.github.camelaiflow.validation.expectations.Checks.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairExpectationsTest {

    private static final String GREATER = "expect_column_pair_values_a_to_be_greater_than_b";
    private static final String EQUAL = "expect_column_pair_values_to_be_equal";
    private static final String IN_SET = "expect_column_pair_values_to_be_in_set";

    @ParameterizedTest
    @ValueSource(strings = {GREATER, "expect_column_pair_values_A_to_be_greater_than_B"})
    void theFirstMustBeGreater(String type) throws Unjudgeable {
        Compiled greater = read(type, "column_A", "a", "column_B", "b");
        Compiled orEqual = read(type, "column_A", "a", "column_B", "b", "or_equal", true);

        assertThat(meets(greater, 3, 2.5)).isTrue();
        assertThat(meets(greater, 3, 3)).isFalse();
        assertThat(meets(orEqual, 3, 3.0)).isTrue();
        assertThat(meets(greater, "b", "a")).isTrue();
        assertThat(meets(greater, LocalDate.of(2024, 5, 2), LocalDate.of(2024, 5, 1)))
                .isTrue();
        assertThat(meets(greater, Instant.EPOCH.plusSeconds(1), Instant.EPOCH.atOffset(ZoneOffset.ofHours(2))))
                .isTrue();
    }

    @Test
    void nothingIsGreaterThanAMissingValueOrLess() throws Unjudgeable {
        Compiled orEqual = read(GREATER, "column_A", "a", "column_B", "b", "or_equal", true);

        assertThat(meets(orEqual, 3, null)).isFalse();
        assertThat(meets(orEqual, Double.NaN, 3)).isFalse();
        assertThat(meets(orEqual, null, null)).isFalse();
    }

    @Test
    void differentKindsHaveNoOrder() {
        Compiled greater = read(GREATER, "column_A", "a", "column_B", "b");

        assertThatThrownBy(() -> meets(greater, 3, "2")).isInstanceOf(Unjudgeable.class);
        assertThatThrownBy(() -> meets(greater, LocalTime.NOON, LocalDate.EPOCH))
                .isInstanceOf(Unjudgeable.class);
    }

    @Test
    void formerSuitesReadTextsAsDates() throws Unjudgeable {
        Compiled dates = read(GREATER, "column_A", "a", "column_B", "b", "parse_strings_as_datetimes", true);

        assertThat(meets(dates, "10/3/2023", "9 Apr 2023")).isTrue();
        assertThat(meets(dates, "9/3/2023", "10/3/2023")).isFalse();
        assertThatThrownBy(() -> meets(dates, "soon", "10/3/2023")).isInstanceOf(Unjudgeable.class);
    }

    @Test
    void equalityIsPythons() throws Unjudgeable {
        Compiled equal = read(EQUAL, "column_A", "a", "column_B", "b");

        assertThat(meets(equal, 4, 4.0)).isTrue();
        assertThat(meets(equal, 4, "4")).isFalse();
        assertThat(meets(equal, List.of(1, List.of(2)), List.of(1.0, List.of(2L))))
                .isTrue();
        assertThat(meets(equal, kwargs("x", 1), kwargs("x", 1.0))).isTrue();
        assertThat(meets(equal, kwargs("x", 1), List.of(1))).isFalse();
        assertThat(meets(equal, Instant.EPOCH, Instant.EPOCH.atOffset(ZoneOffset.ofHours(2))))
                .isTrue();
        assertThat(meets(equal, null, null)).isFalse();
        assertThat(meets(equal, null, 4)).isFalse();
        assertThat(meets(equal, 4, Double.NaN)).isFalse();
    }

    @Test
    void pairsOfASetMayHoldNulls() throws Unjudgeable {
        List<Object> withNull = Arrays.asList("b", null);
        Compiled inSet =
                read(IN_SET, "column_A", "a", "column_B", "b", "value_pairs_set", List.of(List.of("a", 1), withNull));

        assertThat(meets(inSet, "a", 1.0)).isTrue();
        assertThat(meets(inSet, "b", Double.NaN)).isTrue();
        assertThat(meets(inSet, "b", 1)).isFalse();
        assertThat(meets(inSet, null, 1)).isFalse();
    }

    @Test
    void withoutASetEveryPairIsInIt() throws Unjudgeable {
        assertThat(meets(read(IN_SET, "column_A", "a", "column_B", "b", "value_pairs_set", null), 1, 2))
                .isTrue();
        assertThat(problems(IN_SET, "column_A", "a", "column_B", "b")).hasSize(1);
        assertThat(problems(IN_SET, "column_A", "a", "column_B", "b", "value_pairs_set", List.of(List.of(1))))
                .singleElement()
                .asString()
                .contains("pairs");
    }

    @Test
    void whatGxDoesNotImplementIsRefused() {
        assertThat(problems(GREATER, "column_A", "a", "column_B", "b", "allow_cross_type_comparisons", true))
                .singleElement()
                .asString()
                .contains("not taken here");
    }

    @Test
    void listsThatAreNestedTooDeepAreUnjudgeable() {
        Compiled equal = read("expect_column_pair_values_to_be_equal", "column_A", "a", "column_B", "b");
        Object a = 1;
        Object b = 1;
        for (int i = 0; i < 100_000; i++) {
            a = List.of(a);
            b = List.of(b);
        }
        List<Object> pair = List.of(a, b);

        assertThatThrownBy(() -> ((ValueCheck) equal.check()).meets(pair))
                .isInstanceOf(Unjudgeable.class)
                .hasMessageContaining("nested");
    }
}
