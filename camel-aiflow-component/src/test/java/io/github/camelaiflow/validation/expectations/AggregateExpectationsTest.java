package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.BatchChecks.exactly;
import static io.github.camelaiflow.validation.expectations.BatchChecks.kwargs;
import static io.github.camelaiflow.validation.expectations.BatchChecks.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that pandas gives for these columns were taken from pandas. */
class AggregateExpectationsTest {

    /** i² mod 17, in quarters. */
    private static final List<Double> QUARTERS = quarters();

    private static List<Double> quarters() {
        List<Double> column = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            column.add(i * i % 17 / 4.0);
        }
        return column;
    }

    private static Object observed(String aggregate, List<?> column) {
        return exactly("expect_column_" + aggregate + "_to_be_between", kwargs("min_value", null), column)
                .observed();
    }

    @Test
    void aggregatesAreThoseOfPandasToTheLastBit() {
        List<Double> long_ = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            long_.add(i * 7919 % 1009 / 10.0);
        }

        assertThat(observed("mean", QUARTERS)).isEqualTo(1.9375);
        assertThat(observed("stdev", QUARTERS)).isEqualTo(1.4319499883832427);
        assertThat(observed("sum", QUARTERS)).isEqualTo(77.5);
        assertThat(observed("median", QUARTERS)).isEqualTo(2.0);
        assertThat(observed("mean", long_)).isEqualTo(50.4108);
        assertThat(observed("stdev", long_)).isEqualTo(29.136031387699408);
        assertThat(observed("sum", long_)).isEqualTo(252054.0);
    }

    @Test
    void missingValuesAreLeftOut() {
        assertThat(observed("mean", Arrays.asList(1, null, 4))).isEqualTo(2.5);
        assertThat(observed("max", Arrays.asList(1, null, 4))).isEqualTo(4);
    }

    @Test
    void truthValuesCountAsNumbers() {
        assertThat(observed("mean", List.of(true, false, true, true))).isEqualTo(0.75);
        assertThat(observed("sum", List.of(true, true))).isEqualTo(2L);
    }

    @Test
    void aggregatesOfNothingAreNotMetButThoseThatAreZero() {
        for (String aggregate : List.of("max", "min", "mean", "median", "stdev")) {
            Finding finding =
                    exactly("expect_column_" + aggregate + "_to_be_between", kwargs("min_value", 0), List.of());
            assertThat(finding.success()).as(aggregate).isFalse();
            assertThat(finding.observed()).as(aggregate).isNull();
        }
        assertThat(observed("stdev", List.of(5))).isNull();
        assertThat(observed("sum", List.of())).isEqualTo(0L);
        assertThat(observed("unique_value_count", List.of())).isEqualTo(0L);
        assertThat(observed("proportion_of_unique_values", List.of())).isEqualTo(0L);
    }

    @Test
    void boundsAreInclusiveUnlessStrict() {
        String max = "expect_column_max_to_be_between";
        assertThat(exactly(max, kwargs("max_value", 4), List.of(1, 4)).success())
                .isTrue();
        assertThat(exactly(max, kwargs("max_value", 4, "strict_max", true), List.of(1, 4))
                        .success())
                .isFalse();
        assertThat(exactly(max, kwargs("min_value", 4), List.of(1, 4)).success())
                .isTrue();
        assertThat(exactly(max, kwargs("min_value", 4, "strict_min", true), List.of(1, 4))
                        .success())
                .isFalse();
    }

    @Test
    void sumsOfWholeNumbersAreExactBeyondLong() {
        assertThat(observed("sum", List.of(Long.MAX_VALUE, Long.MAX_VALUE, 1)))
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1).add(BigInteger.ONE));
        assertThat(observed("sum", List.of(Long.MAX_VALUE, 1, -1))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void extremesOfTextsAndDates() {
        assertThat(observed("max", List.of("b", "a", "\uD83D\uDE00", "\uFB01"))).isEqualTo("\uD83D\uDE00");
        LocalDate day = LocalDate.of(2026, 3, 1);
        String min = "expect_column_min_to_be_between";
        assertThat(exactly(min, kwargs("min_value", "2026-03-01"), List.of(day, day.plusDays(1)))
                        .success())
                .isTrue();
        assertThat(exactly(min, kwargs("min_value", "2026-03-02"), List.of(day, day.plusDays(1)))
                        .success())
                .isFalse();
        assertThat(exactly(min, kwargs("max_value", "2026-01-31"), List.of("2026-02-01", "2026-01-31"))
                        .success())
                .isTrue();
    }

    @Test
    void textsAreDatesWhereGx0SaysSo() {
        Map<String, Object> kwargs = kwargs("max_value", "2/1/2026", "parse_strings_as_datetimes", true);
        assertThat(exactly("expect_column_max_to_be_between", kwargs, List.of("1/31/2026", "12/1/2025"))
                        .success())
                .isTrue();
        assertThat(exactly("expect_column_max_to_be_between", kwargs, List.of("no date"))
                        .error())
                .contains("dates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "median", "stdev", "sum", "max", "min"})
    void valuesOfTheWrongKindAreAnErrorThatNamesNoValue(String aggregate) {
        Finding finding = exactly(
                "expect_column_" + aggregate + "_to_be_between", kwargs("min_value", 0), List.of(1, "secret", 2));

        assertThat(finding.success()).isFalse();
        assertThat(finding.error()).isNotBlank().doesNotContain("secret");
    }

    @Test
    void aBoundOfAnotherKindThanTheValuesIsAnError() {
        Finding finding = exactly("expect_column_max_to_be_between", kwargs("max_value", 3), List.of("a", "b"));

        assertThat(finding.success()).isFalse();
        assertThat(finding.error()).isNotBlank();
    }

    @Test
    void equalValuesOfDifferentTypesAreOne() {
        List<Object> column = List.of(1, 1.0, true, "1", 2);

        assertThat(observed("unique_value_count", column)).isEqualTo(3L);
        assertThat(observed("proportion_of_unique_values", column)).isEqualTo(0.6);
        assertThat(exactly(
                                "expect_column_unique_value_count_to_be_between",
                                kwargs("min_value", 0),
                                List.of(List.of(1)))
                        .error())
                .isNotBlank();
    }

    @Test
    void quantilesAreTheNearestValuesWithTiesToEvenPlaces() {
        String type = "expect_column_quantile_values_to_be_between";
        Map<String, Object> ranges = Map.of(
                "quantiles",
                List.of(0.1, 0.33, 0.9),
                "value_ranges",
                List.of(List.of(0, 1), Arrays.asList(null, 1), Arrays.asList(4.5, null)));
        Finding finding = exactly(type, kwargs("quantile_ranges", ranges), QUARTERS);

        assertThat(finding.observed())
                .isEqualTo(Map.of("quantiles", List.of(0.1, 0.33, 0.9), "values", List.of(0.25, 1.0, 4.0)));
        assertThat(finding.details()).isEqualTo(Map.of("success_details", List.of(true, true, false)));
        assertThat(finding.success()).isFalse();
        Map<String, Object> ties = Map.of(
                "quantiles",
                List.of(0.1, 0.5, 0.9),
                "value_ranges",
                List.of(List.of(1, 1), List.of(3, 3), List.of(5, 5)));
        assertThat(exactly(type, kwargs("quantile_ranges", ties), List.of(1, 2, 3, 4, 5, 6))
                        .success())
                .isTrue();
        assertThat(exactly(
                                type,
                                kwargs("quantile_ranges", ties, "allow_relative_error", "linear"),
                                List.of(1, 2, 3, 4, 5, 6))
                        .observed())
                .isEqualTo(Map.of("quantiles", List.of(0.1, 0.5, 0.9), "values", List.of(1.5, 3.5, 5.5)));
    }

    @Test
    void argumentsThatMakeNoSenseAreFoundAtStartUp() {
        String max = "expect_column_max_to_be_between";
        String mean = "expect_column_mean_to_be_between";
        String quantiles = "expect_column_quantile_values_to_be_between";
        assertThat(problems(max, kwargs())).singleElement().asString().contains("cannot both be None");
        assertThat(problems(max, kwargs("min_value", null, "max_value", null))).isEmpty();
        assertThat(problems(mean, kwargs())).isEmpty();
        assertThat(problems(mean, kwargs("min_value", 3, "max_value", 2)))
                .singleElement()
                .asString()
                .contains("greater");
        assertThat(problems(mean, kwargs("min_value", "a")))
                .singleElement()
                .asString()
                .contains("must be a number");
        assertThat(problems(max, kwargs("min_value", 1, "max_value", "z"))).hasSize(1);
        assertThat(problems(quantiles, kwargs())).hasSize(1);
        assertThat(problems(
                        quantiles,
                        kwargs(
                                "quantile_ranges",
                                Map.of("quantiles", List.of(1.5), "value_ranges", List.of(List.of(2, 1))))))
                .hasSize(2);
        assertThat(problems(
                        quantiles,
                        kwargs("quantile_ranges", Map.of("quantiles", List.of(0.5), "value_ranges", List.of()))))
                .hasSize(1);
        assertThat(problems("expect_column_distinct_values_to_equal_set", kwargs()))
                .hasSize(1);
    }
}
