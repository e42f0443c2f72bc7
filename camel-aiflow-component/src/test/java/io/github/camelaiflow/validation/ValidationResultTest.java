package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.column;
import static io.github.camelaiflow.validation.Fixtures.expect;
import static io.github.camelaiflow.validation.Fixtures.row;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static io.github.camelaiflow.validation.Fixtures.validate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidationResultTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ValidationResult in(ResultFormat format, Suite suite, Records records) {
        try (RecordValidator validator = new RecordValidator(new Schema("id", List.of()), suite)) {
            return validator.validate(records, Scope.BATCH, format);
        }
    }

    private static JsonNode result(ResultFormat format) throws Exception {
        Suite suite = suite(expect("values_to_be_in_set", "value_set: [a], mostly: 0.5"));
        JsonNode json = JSON.readTree(
                in(format, suite, column("a", "b", "c", "c", null)).toJson());
        return json.get("results").get(0).get("result");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void theFormatDecidesHowMuchIsTold() throws Exception {
        List<String> basic = List.of(
                "element_count",
                "unexpected_count",
                "unexpected_percent",
                "missing_count",
                "missing_percent",
                "unexpected_percent_total",
                "unexpected_percent_nonmissing",
                "partial_unexpected_list");
        List<String> summary = new ArrayList<>(basic);
        summary.addAll(List.of("partial_unexpected_counts", "partial_unexpected_index_list"));
        List<String> complete = new ArrayList<>(summary);
        complete.addAll(List.of("unexpected_list", "unexpected_index_list"));

        assertThat(names(result(ResultFormat.BOOLEAN_ONLY))).isEmpty();
        assertThat(names(result(ResultFormat.BASIC))).hasSameElementsAs(basic);
        assertThat(names(result(ResultFormat.SUMMARY))).hasSameElementsAs(summary);
        assertThat(names(result(ResultFormat.COMPLETE))).hasSameElementsAs(complete);
    }

    @Test
    void theNumbersAreThoseOfGx() throws Exception {
        JsonNode result = result(ResultFormat.COMPLETE);

        assertThat(result).isEqualTo(JSON.readTree("""
                        {"element_count": 5, "unexpected_count": 3, "unexpected_percent": 75.0,
                         "missing_count": 1, "missing_percent": 20.0,
                         "unexpected_percent_total": 60.0, "unexpected_percent_nonmissing": 75.0,
                         "partial_unexpected_list": ["b", "c", "c"],
                         "partial_unexpected_counts": [{"value": "c", "count": 2}, {"value": "b", "count": 1}],
                         "unexpected_list": ["b", "c", "c"],
                         "partial_unexpected_index_list": [1, 2, 3], "unexpected_index_list": [1, 2, 3]}
                        """));
    }

    @Test
    void nullExpectationsHaveNoMissingValues() throws Exception {
        ValidationResult result = validate(suite(expect("values_to_not_be_null", "")), column(1, null));
        JsonNode json = JSON.readTree(result.toJson()).get("results").get(0).get("result");

        assertThat(names(json))
                .doesNotContain("missing_count", "missing_percent", "unexpected_percent_nonmissing")
                .contains("unexpected_percent");
        assertThat(json.get("unexpected_list").toString()).isEqualTo("[null]");
        assertThat(json.get("partial_unexpected_counts").toString()).isEqualTo("[{\"value\":null,\"count\":1}]");
    }

    @Test
    void theDocumentHasTheShapeOfGx() throws Exception {
        ValidationResult result = validate(
                suite(
                        "type: expect_column_values_to_be_between, id: x1, severity: warning, meta: {by: me},"
                                + " kwargs: {column: c, max_value: 3}",
                        expect("values_to_not_be_null", "")),
                column(1, "text"));
        JsonNode json = JSON.readTree(result.toJson());

        assertThat(names(json))
                .containsExactly("success", "results", "suite_name", "suite_parameters", "statistics", "meta");
        assertThat(json.get("statistics").toString())
                .isEqualTo("{\"evaluated_expectations\":2,\"successful_expectations\":1,"
                        + "\"unsuccessful_expectations\":1,\"success_percent\":50.0}");
        JsonNode first = json.get("results").get(0);
        assertThat(names(first)).containsExactly("success", "expectation_config", "result", "meta", "exception_info");
        assertThat(first.get("expectation_config")).isEqualTo(JSON.readTree("""
                        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "c", "max_value": 3},
                         "meta": {"by": "me"}, "severity": "warning", "id": "x1"}
                        """));
        assertThat(first.get("exception_info").get("raised_exception").asBoolean())
                .isTrue();
        assertThat(json.at("/meta/aiflow/valid").asBoolean()).isTrue();
        assertThat(json.at("/meta/aiflow/warned/0/reasons/0/severity").asText()).isEqualTo("warning");
    }

    @Test
    void valuesOfEveryKindAreWritten() throws Exception {
        ValidationResult result = validate(
                suite(expect("values_to_be_null", "")),
                column(
                        Double.POSITIVE_INFINITY,
                        new byte[] {1, 2},
                        LocalDate.EPOCH,
                        Map.of("a", List.of(1, Float.NEGATIVE_INFINITY)),
                        true));

        assertThat(JSON.readTree(result.toJson())
                        .at("/results/0/result/unexpected_list")
                        .toString())
                .isEqualTo("[\"Infinity\",\"AQI=\",\"1970-01-01\",{\"a\":[1,\"-Infinity\"]},true]");
    }

    @Test
    void textFormsHoldNoValueUnlessAskedFor() {
        String canary = "canary-4711";
        Suite suite = suite(
                expect("values_to_be_in_set", "value_set: [a]"),
                expect("values_to_match_regex", "regex: '^b$'"),
                expect("values_to_be_between", "min_value: 1, max_value: 2"),
                expect("value_lengths_to_equal", "value: 1"),
                expect("values_to_be_of_type", "type_: int"),
                expect("values_to_be_null", ""),
                "type: expect_column_values_to_not_be_in_set, severity: warning,"
                        + " kwargs: {column: d, value_set: [x]}");
        Map<String, Object> record = row("c", canary, "id", canary, "d", "x", "other", canary);

        for (ResultFormat format : ResultFormat.values()) {
            ValidationResult result = in(format, suite, Records.batch(Collections.nCopies(3, record)));

            assertThat(result.rejected()).hasSize(3);
            assertThat(result.toString()
                            + result.results()
                            + result.rejected()
                            + result.warned()
                            + result.toException())
                    .doesNotContain(canary);
            assertThat(result.toJson()).contains(canary);
            assertThat(result.withDetails().toString()).isEqualTo(result.toJson());
        }
    }

    @Test
    void valuesOfMixedKindsAreCountedNumbersBeforeTexts() throws Exception {
        Object[] mixed = new Object[3000];
        for (int i = 0; i < mixed.length; i++) {
            int scattered = i * 7919 % mixed.length;
            mixed[i] = i % 2 == 0 ? (Object) scattered : String.valueOf(scattered);
        }
        ValidationResult result = validate(suite(expect("values_to_be_null", "")), column(mixed));

        JsonNode counts = JSON.readTree(result.toJson()).at("/results/0/result/partial_unexpected_counts");
        assertThat(counts)
                .hasSize(20)
                .allSatisfy(count -> assertThat(count.get("value").isInt()).isTrue());
        assertThat(counts.get(0).get("value").asInt()).isZero();
    }

    @Test
    void valuesOfSeveralColumnsAreNotCountedAsInGreatExpectationsDefinitions() throws Exception {
        Suite suite = suite("type: expect_compound_columns_to_be_unique, kwargs: {column_list: [a, b]}");
        ValidationResult result = validate(
                suite, Records.batch(List.of(row("a", 1, "b", "x"), row("a", 1, "b", "x"), row("a", 2, "b", null))));
        JsonNode json = JSON.readTree(result.toJson()).at("/results/0/result");

        assertThat(json.get("partial_unexpected_list").get(0).toString()).isEqualTo("{\"a\":1,\"b\":\"x\"}");
        assertThat(json.has("partial_unexpected_counts")).isFalse();
        assertThat(json.at("/details/partial_unexpected_counts_error").asText()).contains("hashable");
    }

    @Test
    void aValueThatHoldsItselfIsWrittenToABound() {
        Map<String, Object> endless = new LinkedHashMap<>();
        endless.put("again", new ArrayList<>(List.of(endless)));

        assertThat(validate(suite(expect("values_to_be_null", "")), column(endless))
                        .toJson())
                .contains("again", "…");
    }

    @Test
    void resultsOfEqualRunsAreEqual() {
        Suite suite = suite(expect("values_to_be_in_set", "value_set: [a]"));

        assertThat(validate(suite, column("a", "b"))).isEqualTo(validate(suite, column("a", "b")));
        assertThat(validate(suite, column("a", "b"))).isNotEqualTo(validate(suite, column("a", "c")));
    }
}
