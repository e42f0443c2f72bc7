package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private static List<Object> unexpected(String type, String kwargs, Object... values) {
        ExpectationResult result = judge(type, kwargs, values);
        assertThat(result.error()).isNull();
        return result.unexpectedValues();
    }

    @Test
    void notNullFailsForNullAndNaN() {
        ExpectationResult result = judge("values_to_not_be_null", "", 1, null, Double.NaN, Float.NaN, "", 0);

        assertThat(result.success()).isFalse();
        assertThat(result.unexpectedIndexes()).containsExactly(1, 2, 3);
        assertThat(result.missingCount()).isNull();
        assertThat(result.unexpectedPercentTotal()).isEqualTo(50.0);
    }

    @Test
    void nullPassesForNullAndNaNOnly() {
        assertThat(unexpected("values_to_be_null", "", null, Double.NaN, 5, "")).containsExactly(5, "");
    }

    @Test
    void otherExpectationsLeaveMissingValuesOut() {
        ExpectationResult result = judge("values_to_be_between", "min_value: 1, max_value: 4", 1, 5, null, Double.NaN);

        assertThat(result.elementCount()).isEqualTo(4);
        assertThat(result.missingCount()).isEqualTo(2);
        assertThat(result.missingPercent()).isEqualTo(50.0);
        assertThat(result.unexpectedPercentTotal()).isEqualTo(25.0);
        assertThat(result.unexpectedPercentNonmissing()).isEqualTo(50.0);
    }

    @Test
    void mostlyIsTheShareOfJudgedValues() {
        assertThat(judge("values_to_be_between", "max_value: 4, mostly: 0.8", 1, 2, 3, 4, 5, null)
                        .success())
                .isTrue();
        assertThat(judge("values_to_be_between", "max_value: 4, mostly: 0.81", 1, 2, 3, 4, 5, null)
                        .success())
                .isFalse();
    }

    @Test
    void boundsAreInclusiveUnlessStrict() {
        assertThat(unexpected("values_to_be_between", "min_value: 1, max_value: 3", 0, 1, 2, 3, 4))
                .containsExactly(0, 4);
        assertThat(unexpected("values_to_be_between", "min_value: 1, max_value: 3, strict_min: true", 0, 1, 2, 3, 4))
                .containsExactly(0, 1, 4);
        assertThat(unexpected("values_to_be_between", "min_value: 1, max_value: 3, strict_max: true", 0, 1, 2, 3, 4))
                .containsExactly(0, 3, 4);
    }

    @Test
    void numbersOfAllTypesCompareExactly() {
        assertThat(unexpected("values_to_be_between", "max_value: 9007199254740992", 9007199254740993L))
                .hasSize(1);
        assertThat(unexpected("values_to_be_between", "max_value: 1.1", 1.1f, new BigDecimal("1.1"), 1.1))
                .isEmpty();
        assertThat(unexpected("values_to_be_between", "min_value: 1.1", 1.1f, new BigDecimal("1.1"), 1.1))
                .isEmpty();
        assertThat(unexpected(
                        "values_to_be_between", "max_value: 5", new BigDecimal("1e1000"), BigInteger.TEN.pow(400)))
                .hasSize(2);
        assertThat(unexpected("values_to_be_between", "max_value: 1", true, false, (short) 1, (byte) 2))
                .containsExactly((byte) 2);
    }

    @Test
    void infinitiesLieOutsideFiniteBounds() {
        assertThat(unexpected(
                        "values_to_be_between",
                        "min_value: 0, max_value: 5",
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        3))
                .hasSize(2);
    }

    @Test
    void textsCompareByCodePoint() {
        assertThat(unexpected("values_to_be_between", "min_value: a, max_value: m", "a", "m", "ma", "B", "é"))
                .containsExactly("ma", "B", "é");
        assertThat(unexpected("values_to_be_between", "max_value: '\ufffd'", "😀"))
                .hasSize(1);
    }

    @Test
    void datesCompareWithBoundsInIsoForm() {
        String bounds = "min_value: '2026-01-01', max_value: '2026-06-30 12:00:00'";
        assertThat(unexpected(
                        "values_to_be_between",
                        bounds,
                        LocalDate.parse("2026-01-01"),
                        LocalDate.parse("2025-12-31"),
                        LocalDateTime.parse("2026-06-30T12:00:01"),
                        Instant.parse("2026-06-30T12:00:00Z"),
                        OffsetDateTime.parse("2026-06-30T12:00:00-01:00"),
                        ZonedDateTime.parse("2026-06-30T12:00:00+01:00[Europe/Paris]")))
                .containsExactly(
                        LocalDate.parse("2025-12-31"),
                        LocalDateTime.parse("2026-06-30T12:00:01"),
                        OffsetDateTime.parse("2026-06-30T12:00:00-01:00"));
        assertThat(unexpected("values_to_be_between", "min_value: '09:00'", LocalTime.of(8, 59), LocalTime.NOON))
                .containsExactly(LocalTime.of(8, 59));
    }

    @Test
    void aValueThatCannotBeComparedFailsTheExpectationWhateverMostlySays() {
        ExpectationResult result = judge("values_to_be_between", "max_value: 10, mostly: 0.1", 1, 2, 3, 4, "abc");

        assertThat(result.success()).isFalse();
        assertThat(result.error())
                .isEqualTo("Column values, min_value, and max_value must either be None or of the same type.");
        assertThat(judge("values_to_be_between", "min_value: a", LocalDate.EPOCH)
                        .error())
                .contains("ISO form");
        assertThat(judge("values_to_be_between", "min_value: 1", List.of(1)).error())
                .isNotNull();
    }

    @Test
    void setsHoldValuesByPythonsEquality() {
        assertThat(unexpected("values_to_be_in_set", "value_set: [1, 2.5, a, null]", 1, 1L, 1.0, 2.5f, "a", true, null))
                .isEmpty();
        assertThat(unexpected("values_to_be_in_set", "value_set: [1, a]", "1", "A", 2, Double.POSITIVE_INFINITY))
                .hasSize(4);
        assertThat(unexpected("values_to_be_in_set", "value_set: [1.1]", new BigDecimal("1.10"), 1.1f, 1.1))
                .isEmpty();
        assertThat(unexpected(
                        "values_to_be_in_set",
                        "value_set: [18446744073709551616]",
                        BigInteger.TWO.pow(64),
                        0x1p64,
                        BigInteger.TWO.pow(64).add(BigInteger.ONE)))
                .containsExactly(BigInteger.TWO.pow(64).add(BigInteger.ONE));
        assertThat(unexpected("values_to_be_in_set", "value_set: ['2026-01-01']", LocalDate.parse("2026-01-01")))
                .isEmpty();
        assertThat(unexpected("values_to_be_in_set", "value_set: []", 1)).hasSize(1);
    }

    @Test
    void notInSetIsTheOpposite() {
        assertThat(unexpected("values_to_not_be_in_set", "value_set: [1, a]", 1, "a", 2, "b", null))
                .containsExactly(1, "a");
    }

    @Test
    void aRegexIsFoundAnywhereInTheTextOfTheValue() {
        assertThat(unexpected("values_to_match_regex", "regex: b", "abc", "b", "a"))
                .containsExactly("a");
        assertThat(unexpected("values_to_match_regex", "regex: '^a'", "abc", "ba"))
                .containsExactly("ba");
        assertThat(unexpected("values_to_match_regex", "regex: ''", "", "x")).isEmpty();
        assertThat(unexpected("values_to_not_match_regex", "regex: b", "abc", "x"))
                .containsExactly("abc");
    }

    @Test
    void numbersMatchAsPythonWritesThem() {
        assertThat(unexpected(
                        "values_to_match_regex",
                        "regex: '^(12|12\\.0|0\\.0001|1e\\+16|1\\.5e-07)$'",
                        12,
                        12.0,
                        1e-4,
                        1e16,
                        1.5e-7))
                .isEmpty();
        assertThat(unexpected("values_to_match_regex", "regex: '^(True|False)$'", true, false))
                .isEmpty();
        assertThat(judge("values_to_match_regex", "regex: x", Map.of("x", 1)).error())
                .isNotNull();
    }

    @Test
    void typesAreFamiliesWithoutAWidth() {
        assertThat(unexpected("values_to_be_of_type", "type_: int", 1, 2L, BigInteger.ONE, 1.0, "1", true))
                .containsExactly(1.0, "1", true);
        assertThat(unexpected("values_to_be_of_type", "type_: float", 1.0, 2f, BigDecimal.ONE, 1))
                .containsExactly(1);
        assertThat(unexpected("values_to_be_of_type", "type_: str", "a", 1)).containsExactly(1);
        assertThat(unexpected("values_to_be_of_type", "type_: bool", true, 1, "true"))
                .containsExactly(1, "true");
        assertThat(unexpected("values_to_be_of_type", "type_: Long", 1, 2L, 1.5))
                .containsExactly(1.5);
        assertThat(unexpected("values_to_be_of_type", "type_: number", 1, 1.5, Double.POSITIVE_INFINITY, "1"))
                .containsExactly(Double.POSITIVE_INFINITY, "1");
        assertThat(unexpected("values_to_be_of_type", "type_: integer", 1, 1.0, 1.5, new BigDecimal("2.00")))
                .containsExactly(1.5);
        assertThat(unexpected("values_to_be_of_type", "type_: date", LocalDate.EPOCH, Instant.EPOCH))
                .containsExactly(Instant.EPOCH);
        assertThat(unexpected("values_to_be_of_type", "type_: datetime64", LocalDate.EPOCH, Instant.EPOCH))
                .containsExactly(LocalDate.EPOCH);
    }

    @Test
    void oneTypeOfAListIsEnough() {
        assertThat(unexpected("values_to_be_in_type_list", "type_list: [str, int]", "a", 1, 1.5))
                .containsExactly(1.5);
        assertThat(unexpected("values_to_be_in_type_list", "type_list: null", "a", 1))
                .isEmpty();
    }

    @Test
    void lengthsCountCodePoints() {
        assertThat(unexpected("value_lengths_to_equal", "value: 2", "ab", "😀😀", "a", "abc"))
                .containsExactly("a", "abc");
        assertThat(unexpected("value_lengths_to_be_between", "min_value: 1, max_value: 2", "", "a", "ab", "abc"))
                .containsExactly("", "abc");
        assertThat(unexpected(
                        "value_lengths_to_be_between",
                        "min_value: 1, max_value: 3, strict_min: true, strict_max: true",
                        "a",
                        "ab",
                        "abc"))
                .containsExactly("a", "abc");
        assertThat(judge("value_lengths_to_equal", "value: 1", 5).error()).isEqualTo("only texts have a length");
    }
}
