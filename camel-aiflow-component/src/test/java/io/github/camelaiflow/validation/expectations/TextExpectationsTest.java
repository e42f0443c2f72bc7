package io.github.camelaiflow.validation.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextExpectationsTest {

    private final List<String> problems = new ArrayList<>();

    private ValueCheck check(String type, Object... namesAndValues) {
        Map<String, Object> kwargs = new HashMap<>(Map.of("column", "c"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            kwargs.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        ExpectationTypes.Compiled compiled =
                ExpectationTypes.read("expect_column_values_to_" + type, new Arguments(kwargs, "suite", problems));
        return compiled == null ? null : (ValueCheck) compiled.check();
    }

    private ValueCheck schema(Object... namesAndValues) {
        Map<String, Object> schema = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            schema.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return check("match_json_schema", "json_schema", schema);
    }

    @Test
    void datesAndJsonMustBeTexts() throws Unjudgeable {
        assertThat(check("match_strftime_format", "strftime_format", "%Y").meets("2026"))
                .isTrue();
        assertThat(check("be_dateutil_parseable").meets("soon")).isFalse();
        assertThat(check("be_json_parseable").meets("{}")).isTrue();
        assertThat(check("be_json_parseable").meets(5)).isFalse();
        assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() ->
                        check("match_strftime_format", "strftime_format", "%Y").meets(2026))
                .withMessageStartingWith(
                        "Values passed to expect_column_values_to_match_strftime_format must be of type string.");
        assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() -> check("be_dateutil_parseable").meets(Instant.EPOCH))
                .withMessageContaining("expect_column_values_to_be_dateutil_parseable must be of type string.");
    }

    @Test
    void wrongArgumentsAreProblems() {
        check("match_strftime_format", "strftime_format", "%D");
        check("match_strftime_format");
        check("match_regex_list", "regex_list", List.of());
        check("match_regex_list", "regex_list", List.of("a", 5));
        check("match_regex_list", "regex_list", List.of("("));
        check("match_regex_list", "regex_list", List.of("a"), "match_on", "most");
        check("not_match_regex_list");
        check("match_json_schema");
        check("match_json_schema", "json_schema", "{}");

        assertThat(problems).hasSize(9);
        assertThat(problems.get(0)).contains("Unable to use provided strftime_format.");
    }

    @Test
    void listsOfRegexes() throws Unjudgeable {
        List<String> regexes = List.of("a", "b");

        assertThat(check("match_regex_list", "regex_list", regexes).meets("xa")).isTrue();
        assertThat(check("match_regex_list", "regex_list", regexes).meets("xc")).isFalse();
        assertThat(check("match_regex_list", "regex_list", regexes, "match_on", "all")
                        .meets("a"))
                .isFalse();
        assertThat(check("match_regex_list", "regex_list", regexes, "match_on", "all")
                        .meets("ab"))
                .isTrue();
        assertThat(check("not_match_regex_list", "regex_list", regexes).meets("xc"))
                .isTrue();
        assertThat(check("not_match_regex_list", "regex_list", regexes).meets("bx"))
                .isFalse();
    }

    @Test
    void jsonMeetsASchema() throws Unjudgeable {
        ValueCheck check = schema(
                "type", "object",
                "properties", Map.of("a", Map.of("type", "integer"), "day", Map.of("format", "date")),
                "required", List.of("a"),
                "$defs", Map.of("x", Map.of("type", "string")),
                "additionalProperties", Map.of("$ref", "#/$defs/x"));

        assertThat(problems).isEmpty();
        assertThat(check.meets("{\"a\": 1, \"b\": \"c\", \"day\": \"any\"}")).isTrue();
        assertThat(check.meets("{\"a\": 1, \"b\": 2}")).isFalse();
        assertThat(check.meets("{\"a\": 1.5}")).isFalse();
        assertThat(check.meets("[]")).isFalse();
        assertThat(check.meets(Map.of("a", 1))).isTrue();
        assertThat(check.meets(List.of())).isFalse();
        for (Object other : new Object[] {"{", 5, true, "", Instant.EPOCH}) {
            assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> check.meets(other));
        }
    }

    @Test
    void theDraftIsTheSchemas() throws Unjudgeable {
        ValueCheck draft4 =
                schema("$schema", "http://json-schema.org/draft-04/schema#", "maximum", 5, "exclusiveMaximum", true);

        assertThat(problems).isEmpty();
        assertThat(draft4.meets("5")).isFalse();
        assertThat(schema("exclusiveMaximum", true)).isNull();
        assertThat(schema("$schema", "http://example.org/mine")).isNull();
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).contains("valid JSON schema", "2020-12");
        assertThat(problems.get(1)).contains("draft 4, 6, 7, 2019-09 or 2020-12");
    }

    @Test
    void nothingOutsideTheSchemaIsLoaded() {
        for (String reference : List.of(
                "http://localhost:1/schema.json",
                "https://example.org/schema.json",
                "file:///etc/passwd",
                "classpath:secret.json",
                "other.json",
                "#/$defs/missing")) {
            problems.clear();
            assertThat(schema("$ref", reference)).as(reference).isNull();
            assertThat(problems).as(reference).hasSize(1);
        }
    }

    @Test
    void brokenSchemasAreProblems() {
        assertThat(schema("type", "nothing")).isNull();
        assertThat(schema("pattern", "(")).isNull();
        assertThat(schema("properties", List.of())).isNull();
        assertThat(problems).hasSize(3);
    }

    @Test
    @Timeout(20)
    void aPatternThatBacktracksForEverIsCutOff() {
        ValueCheck check = schema("pattern", "a*a*a*a*a*a*a*b");
        ValueCheck names = schema("patternProperties", Map.of("a*a*a*a*a*a*a*b", true));
        String text = "a".repeat(200) + "!";

        assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() -> check.meets("\"" + text + "\""))
                .withMessageContaining("too many steps")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("aaa"));
        assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> names.meets("{\"" + text + "\": 1}"));
    }

    @Test
    @Timeout(20)
    void endlessSchemasAndDeepValuesAreCutOff() throws Unjudgeable {
        ValueCheck tree = schema("type", "array", "items", Map.of("$ref", "#"));
        assertThat(tree.meets("[".repeat(400) + "]".repeat(400))).isTrue();
        assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() -> tree.meets("[".repeat(10_000) + "]".repeat(10_000)));
        Object deep = List.of();
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }
        Object nested = deep;
        assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> tree.meets(nested));
        assertThat(check("match_json_schema", "json_schema", Map.of("not", nested)))
                .isNull();
        ValueCheck endless = schema("$ref", "#");
        if (endless != null) {
            assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> endless.meets("1"));
        }
    }

    @Test
    void boundsMayBeDates() throws Unjudgeable {
        ValueCheck check = check(
                "be_between",
                "min_value",
                LocalDateTime.of(2026, 1, 1, 0, 0),
                "max_value",
                LocalDateTime.of(2026, 12, 31, 0, 0));

        assertThat(problems).isEmpty();
        assertThat(check.meets("2026-05-01")).isTrue();
        assertThat(check.meets("May 1 2027")).isFalse();
        assertThat(check.meets("2025-12-31T23:30:00-01:00")).isTrue();
        assertThat(check.meets(Instant.parse("2026-05-01T00:00:00Z"))).isTrue();
        assertThat(check.meets(LocalDateTime.of(2027, 1, 1, 0, 0))).isFalse();
        for (Object other : new Object[] {5, "soon", true}) {
            assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> check.meets(other));
        }
    }

    @Test
    void textsMayBeReadAsDates() throws Unjudgeable {
        ValueCheck check = check(
                "be_between", "min_value", "Jan 1 2026", "max_value", "2026-12-31", "parse_strings_as_datetimes", true);
        assertThat(check.meets("Feb 1 2026")).isTrue();
        assertThat(check.meets("Feb 1 2025")).isFalse();
        check("be_between", "min_value", "soon", "parse_strings_as_datetimes", true);
        check("be_between", "min_value", "2027-01-01", "max_value", LocalDateTime.of(2026, 1, 1, 0, 0));
        check("be_between", "min_value", 5, "max_value", LocalDateTime.of(2026, 1, 1, 0, 0));
        assertThat(problems).hasSize(3);
    }

    @Test
    void otherKindsMayCountAsUnexpected() throws Unjudgeable {
        assertThat(check("be_between", "min_value", 1, "allow_cross_type_comparisons", true)
                        .meets("a"))
                .isFalse();
    }

    @Test
    void sqlOnlyExpectationsSayWhatToUse() {
        assertThat(ExpectationTypes.sqlOnly("expect_column_values_to_not_match_like_pattern_list"))
                .contains("expect_column_values_to_not_match_regex_list");
        assertThat(ExpectationTypes.sqlOnly("unexpected_rows_expectation")).contains("row_condition");
        assertThat(ExpectationTypes.sqlOnly("expect_column_values_to_be_null")).isNull();
    }

    @Test
    void jsonOfNumbersThatDoNotEndIsUnjudgeable() {
        ValueCheck check = schema("properties", Map.of("a", Map.of("multipleOf", 0.01)));

        for (Object value : List.of(
                "{\"a\": NaN}",
                "{\"a\": 1e999}",
                Map.of("a", new BigDecimal("1e999999999")),
                Map.of("a", new BigDecimal("1e-999999999")))) {
            assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> check.meets(value));
        }
        assertThat(schema("maximum", new BigDecimal("1e999999999"))).isNull();
    }

    @Test
    void aSchemaHoldsNoDates() {
        assertThat(schema("const", LocalDateTime.of(2026, 1, 1, 0, 0))).isNull();
        assertThat(problems).singleElement().asString().contains("write dates as texts");
    }

    @Test
    void aSchemaHasFiniteNumbers() {
        assertThat(schema("multipleOf", Double.NaN)).isNull();
        assertThat(schema("items", Map.of("multipleOf", Double.POSITIVE_INFINITY)))
                .isNull();
        assertThat(problems).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .contains("finite numbers"));
    }

    @Test
    void setsOfDatesHoldTheirTexts() throws Unjudgeable {
        ValueCheck check =
                check("be_in_set", "value_set", List.of("2026-01-01T00:00:00", "2026-01-02 10:00:00", "2026-01-03"));

        assertThat(check.meets(LocalDateTime.of(2026, 1, 1, 0, 0))).isTrue();
        assertThat(check.meets(LocalDateTime.of(2026, 1, 2, 10, 0))).isTrue();
        assertThat(check.meets(LocalDateTime.of(2026, 1, 3, 0, 0))).isTrue();
        assertThat(check.meets(Instant.parse("2026-01-02T10:00:00Z"))).isTrue();
        assertThat(check.meets(LocalDateTime.of(2026, 1, 4, 0, 0))).isFalse();
        assertThat(check.meets("2026-01-01")).isFalse();
    }

    @Test
    void aProblemOfEveryElementIsToldOnce() {
        assertThat(check("match_regex_list", "regex_list", List.of(1, 2, 3))).isNull();
        assertThat(problems).hasSize(1);
    }

    @Test
    void lengthsAboveTheGreatestAreNone() throws Unjudgeable {
        Map<String, Object> kwargs = Map.of("column", "c", "min_value", Integer.MAX_VALUE, "strict_min", true);
        ExpectationTypes.Compiled compiled = ExpectationTypes.read(
                "expect_column_value_lengths_to_be_between", new Arguments(kwargs, "suite", problems));

        assertThat(((ValueCheck) compiled.check()).meets("a")).isFalse();
    }
}
