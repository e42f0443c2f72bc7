package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.column;
import static io.github.camelaiflow.validation.Fixtures.expect;
import static io.github.camelaiflow.validation.Fixtures.row;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static io.github.camelaiflow.validation.Fixtures.validate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches as they come: with holes, of mixed types, empty, huge. */
class BatchValidationTest {

    private static final String MEAN = expect("mean_to_be_between", "min_value: 0, max_value: 10");
    private static final String PRESENT = expect("values_to_not_be_null", "");

    @Test
    void anEmptyBatchIsNoDataUnlessRowsAreExpected() {
        ValidationResult nothing = validate(suite(MEAN, PRESENT), column());
        assertThat(nothing.valid()).isNull();
        assertThat(nothing.reason()).isEqualTo(ValidationResult.NO_DATA);
        assertThat(nothing.results().get(0).success()).isFalse();
        assertThat(nothing.results().get(0).observedValue()).isNull();

        ValidationResult rows =
                validate(suite("type: expect_table_row_count_to_be_between, kwargs: {min_value: 1}"), column());
        assertThat(rows.valid()).isFalse();
        assertThat(rows.toException().getMessage())
                .isEqualTo("The batch is invalid: must meet expect_table_row_count_to_be_between");
    }

    @Test
    void anAllNullColumnHasGreatExpectationsResultsAndNoVerdict() {
        ValidationResult result = validate(suite(MEAN, expect("values_to_be_unique", "")), column(null, null, null));

        assertThat(result.success()).isFalse();
        assertThat(result.results()).extracting(ExpectationResult::success).containsExactly(false, true);
        assertThat(result.results().get(0).missingCount()).isEqualTo(3);
        assertThat(result.valid()).isNull();
    }

    @Test
    void whatHasDataIsJudgedBesideWhatHasNone() {
        Records records = Records.batch(List.of(row("c", null, "d", 1), row("c", null, "d", -1)));
        String negative = "type: expect_column_values_to_be_between, kwargs: {column: d, min_value: 0}";

        assertThat(validate(suite(MEAN, negative), records).valid()).isFalse();
        assertThat(validate(suite(MEAN, negative.replace("0}", "-2}")), records).valid())
                .isNull();
    }

    @Test
    void aColumnMayBeMissingInSomeRowsButNotInAll() {
        Records some = Records.batch(List.of(row("c", 5), row("d", 1), row()));

        ExpectationResult mean = validate(suite(MEAN), some).results().get(0);
        assertThat(mean.success()).isTrue();
        assertThat(mean.elementCount()).isEqualTo(3);
        assertThat(mean.missingCount()).isEqualTo(2);

        ValidationResult none = validate(suite(MEAN), Records.batch(List.of(row("d", 1), row())));
        assertThat(none.valid()).isFalse();
        assertThat(none.results().get(0).error()).isEqualTo("The column [c] does not exist: no record has it");
    }

    @Test
    void aFieldTheSchemaDeclaresExistsThoughNoRecordHasIt() {
        Schema schema = new Schema(null, List.of(new Field("c", FieldType.NUMBER, true, null, null, List.of())));

        ValidationResult result = validate(schema, suite(MEAN), Records.batch(List.of(row("d", 1), row())));

        assertThat(result.results()).extracting(ExpectationResult::error).containsOnlyNulls();
        assertThat(result.valid()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mean_to_be_between: {min_value: 0}",
                "max_to_be_between: {min_value: 0}",
                "sum_to_be_between: {min_value: 0}",
                "stdev_to_be_between: {min_value: 0}",
                "median_to_be_between: {min_value: 0}",
                "quantile_values_to_be_between: {quantile_ranges: {quantiles: [0.5], value_ranges: [[0, 1]]}}",
                "value_z_scores_to_be_less_than: {threshold: 2, double_sided: true}"
            })
    void mixedTypesAreAnErrorWithoutTheirValues(String expectation) {
        String[] parts = expectation.split(": ", 2);
        String kwargs = parts[1].substring(1, parts[1].length() - 1);

        ValidationResult result = validate(
                suite(expect(parts[0], kwargs)), column(1, "secret", 2.5, List.of("secret"), Map.of("secret", 1)));

        assertThat(result.valid()).isFalse();
        assertThat(result.results().get(0).error()).isNotNull().doesNotContain("secret");
        assertThat(result.toString()).doesNotContain("secret");
        assertThat(result.toException().getMessage()).doesNotContain("secret");
    }

    /** As in pandas, where a list has no hash. */
    @Test
    void nestedValuesCannotBeToldApart() {
        Records records = column(List.of("secret", 2), List.of("secret", 2), Map.of("a", 1), Map.of("a", 2));

        for (String expectation : List.of(
                expect("values_to_be_unique", ""), expect("unique_value_count_to_be_between", "min_value: 3"))) {
            ValidationResult result = validate(suite(expectation), records);
            assertThat(result.valid()).isFalse();
            assertThat(result.results().get(0).error())
                    .contains("lists and maps")
                    .doesNotContain("secret");
        }
        assertThat(validate(suite(expect("values_to_not_be_null", "")), records).valid())
                .isTrue();
    }

    @Test
    void unicodeNamesAreNames() {
        Records records = Records.batch(List.of(row("größe 📏", 3), row("größe 📏", 4)));

        assertThat(validate(
                                suite("type: expect_column_mean_to_be_between,"
                                        + " kwargs: {column: 'größe 📏', min_value: 3.5, max_value: 3.5}"),
                                records)
                        .valid())
                .isTrue();
    }

    @Test
    void aMillionDifferentValuesAreCountedExactly() {
        Object[] values = new Object[1_000_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == 999_999 ? 7 : i;
        }

        ValidationResult result = validate(
                suite(
                        expect("values_to_be_unique", "mostly: 0.99"),
                        expect("unique_value_count_to_be_between", "min_value: 999999, max_value: 999999"),
                        expect("median_to_be_between", "min_value: 0")),
                column(values));

        assertThat(result.valid()).isTrue();
        assertThat(result.results().get(0).unexpectedIndexes()).containsExactly(7, 999_999);
        assertThat(result.rejected()).isEmpty();
    }

    @Test
    void recordsThatFailTogetherAreRejectedWithTheirPlaces() {
        ValidationResult result = validate(
                suite(
                        expect("values_to_be_unique", ""),
                        expect("values_to_be_between", "max_value: 3"),
                        "type: expect_column_values_to_be_increasing, severity: warning, kwargs: {column: c}"),
                column(1, 5, 2, 2));

        assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(1, 2, 3);
        assertThat(result.rejected().get(0).reasons())
                .extracting(Reason::expectation)
                .containsExactly("expect_column_values_to_be_between");
        assertThat(result.warned()).extracting(FlaggedRecord::index).containsExactly(2);
    }

    @Test
    void anExceptionSaysOnceWhyAValueCannotBeJudged() {
        ValidationResult result =
                validate(suite(expect("values_to_match_regex", "regex: '(x+x+)+y'")), column("x".repeat(5000), "xxy"));

        assertThat(result.toException().getMessage())
                .isEqualTo("1 of 2 records are invalid: c must match (x+x+)+y, which cannot be judged"
                        + " (the regular expression takes too many steps on this value; simplify it)");
    }

    @Test
    void aConditionThatCannotBeJudgedIsAnErrorOfItsExpectation() {
        List<Map<String, Object>> rows = new ArrayList<>(List.of(row("c", 1, "n", 2), row("c", 2, "n", "secret")));

        ValidationResult result = validate(
                suite(expect("values_to_be_between", "min_value: 0, row_condition: 'n > 1', condition_parser: pandas")),
                Records.batch(rows));

        assertThat(result.valid()).isFalse();
        assertThat(result.results().get(0).error()).isNotNull().doesNotContain("secret");
        assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(1);
    }

    @Test
    void aRecordAloneIsNotAskedWhatOnlyManyCanMeet() {
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suite(MEAN, PRESENT))) {
            ValidationResult result =
                    validator.validate(Records.single(row("c", 500)), Scope.RECORD, ResultFormat.SUMMARY);

            assertThat(result.valid()).isTrue();
            assertThat(result.results()).hasSize(1);
            assertThat(result.notEvaluated()).singleElement().satisfies(left -> {
                assertThat(left.type()).isEqualTo("expect_column_mean_to_be_between");
                assertThat(left.why()).contains("scope=batch");
            });
            assertThat(result.toString()).contains("\"not_evaluated\":[{\"type\":\"expect_column_mean_to_be_between\"");
        }
    }

    @Test
    void aSuiteThatDependsOnTheTimeIsReadAnew() {
        String yaml = """
                - type: expect_column_values_to_be_between
                  kwargs: {column: c, max_value: {$PARAMETER: now()}}
                """;
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        SuiteSettings settings = new SuiteSettings(false, Map.of(), () -> now[0]);
        Records records = column(Instant.parse("2026-01-01T12:00:00Z"));

        try (RecordValidator validator = new RecordValidator(
                Schema.NONE,
                () -> SuiteReader.read(yaml.getBytes(StandardCharsets.UTF_8), "s.yaml", settings),
                List.of(),
                () -> now[0])) {
            assertThat(validator.validate(records).valid()).isFalse();
            now[0] = Instant.parse("2026-01-02T00:00:00Z");
            assertThat(validator.validate(records).valid()).isTrue();
        }
    }

    @Test
    void whatIsUnknownIsLeftOutVisiblyOnRequest() {
        String yaml = """
                - {type: expect_column_values_to_be_lucky, kwargs: {column: c}}
                - {type: expect_column_values_to_be_between, kwargs: {column: c, min_value: 0, luck: 7}}
                - {type: expect_column_values_to_match_like_pattern, kwargs: {column: c, like_pattern: 'a%'}}
                - {type: expect_column_values_to_not_be_null, kwargs: {column: c}}
                """;
        SuiteSettings lenient = new SuiteSettings(true, Map.of(), () -> Instant.EPOCH);

        Suite suite = SuiteReader.read(yaml.getBytes(StandardCharsets.UTF_8), "s.yaml", lenient);

        assertThat(suite.expectations()).hasSize(1);
        assertThat(suite.skipped())
                .extracting(NotEvaluated::type)
                .containsExactly(
                        "expect_column_values_to_be_lucky",
                        "expect_column_values_to_be_between",
                        "expect_column_values_to_match_like_pattern");
        assertThat(validate(suite, column(1)).notEvaluated()).hasSize(3);
        assertThat(validate(suite, column(1)).toJson()).contains("argument luck is not supported");
    }
}
