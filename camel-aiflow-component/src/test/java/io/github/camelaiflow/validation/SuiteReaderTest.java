package io.github.camelaiflow.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteReaderTest {

    private static Suite read(String text) {
        return SuiteReader.read(text.getBytes(StandardCharsets.UTF_8), "suites/s.json");
    }

    private static List<String> problems(String text) {
        try {
            read(text);
        } catch (SuiteException e) {
            return e.problems();
        }
        return List.of();
    }

    private static List<String> problemsOf(String type, String kwargs) {
        return problems(
                "[{\"type\": \"expect_column_" + type + "\", \"kwargs\": {\"column\": \"c\", " + kwargs + "}}]");
    }

    @Test
    void readsASuiteOfGx1() {
        Suite suite = read("""
                {"name": "claims", "id": "6d1", "meta": {"great_expectations_version": "1.2.0"}, "notes": null,
                 "suite_parameters": {},
                 "expectations": [
                  {"type": "expect_column_values_to_be_between", "id": "77", "severity": "warning",
                   "kwargs": {"column": "amount", "min_value": 0, "max_value": null, "strict_max": null, "mostly": 0.95,
                              "row_condition": null, "condition_parser": null},
                   "meta": {"by": "me"}, "notes": "why", "description": null}]}
                """);

        assertThat(suite.name()).isEqualTo("claims");
        assertThat(suite.meta()).containsEntry("great_expectations_version", "1.2.0");
        assertThat(suite.expectations()).singleElement().satisfies(expectation -> {
            assertThat(expectation.type()).isEqualTo("expect_column_values_to_be_between");
            assertThat(expectation.column()).isEqualTo("amount");
            assertThat(expectation.mostly()).isEqualTo(0.95);
            assertThat(expectation.severity()).isEqualTo(Severity.WARNING);
            assertThat(expectation.id()).isEqualTo("77");
            assertThat(expectation.meta()).isEqualTo(Map.of("by", "me"));
            assertThat(expectation.kwargs()).containsEntry("min_value", 0).containsEntry("max_value", null);
        });
    }

    @Test
    void readsASuiteOfGx0() {
        Suite suite = read("""
                {"data_asset_type": null, "expectation_suite_name": "old", "ge_cloud_id": null,
                 "evaluation_parameters": {},
                 "expectations": [{"expectation_type": "expect_column_values_to_not_be_null", "meta": {},
                   "kwargs": {"column": "a", "result_format": "BASIC", "catch_exceptions": false}}]}
                """);

        assertThat(suite.name()).isEqualTo("old");
        assertThat(suite.expectations()).singleElement().satisfies(expectation -> {
            assertThat(expectation.type()).isEqualTo("expect_column_values_to_not_be_null");
            assertThat(expectation.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(expectation.mostly()).isEqualTo(1);
        });
    }

    @Test
    void readsYamlAndAByteOrderMark() {
        Suite suite = read("""
                name: größe
                expectations:
                  - type: expect_column_values_to_be_in_set
                    kwargs: {column: größe, value_set: [klein, groß, 3, 1.5, true]}
                """);

        assertThat(suite.expectations().get(0).column()).isEqualTo("größe");
        assertThat(suite.expectations().get(0).kwargs().get("value_set"))
                .isEqualTo(List.of("klein", "groß", 3, 1.5, true));
        assertThat(read("\uFEFF{\"expectations\": []}").expectations()).isEmpty();
    }

    @Test
    void readsAnInlineTree() throws Exception {
        String list = "[{\"type\": \"expect_column_values_to_be_null\", \"kwargs\": {\"column\": \"c\"}}]";

        Suite suite = SuiteReader.read(new ObjectMapper().readTree(list), "validation.suite");

        assertThat(suite.expectations()).hasSize(1);
    }

    @Test
    void reportsAllProblemsAtOnceWithTheirPlace() {
        List<String> problems = problems("""
                {"name": 5, "typo": 1, "expectations": [
                  {"type": "expect_column_values_to_be_nice", "kwargs": {"column": "c"}},
                  {"type": "expect_column_values_to_be_between", "kwargs": {"column": "c", "min_value": [], "max_vlaue": 3}},
                  {"type": "expect_column_values_to_be_between", "kwargs": {"column": "c", "min_value": 3, "max_value": 2}},
                  {"type": "expect_column_values_to_match_regex", "severity": "fatal",
                   "kwargs": {"regex": "(", "mostly": 1.5}},
                  {"kwargs": {}}, 7]}
                """);

        assertThat(problems)
                .allMatch(problem -> problem.startsWith("suites/s.json: "))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("name must be a text"),
                        problem -> assertThat(problem).contains("key typo is not known"),
                        problem -> assertThat(problem)
                                .contains("expectation 1: type expect_column_values_to_be_nice is not known"),
                        problem -> assertThat(problem)
                                .contains("expectation 2 (expect_column_values_to_be_between of c): min_value must be"),
                        problem -> assertThat(problem).contains("expectation 2").contains("argument max_vlaue"),
                        problem -> assertThat(problem).contains("expectation 3").contains("swap them"),
                        problem -> assertThat(problem).contains("expectation 4").contains("severity must be"),
                        problem -> assertThat(problem).contains("expectation 4").contains("column must be given"),
                        problem -> assertThat(problem).contains("expectation 4").contains("mostly must be"),
                        problem -> assertThat(problem).contains("expectation 4").contains("regular expression"),
                        problem -> assertThat(problem).contains("expectation 5: type must be given"),
                        problem -> assertThat(problem).contains("expectation 6: must be an object"),
                        problem -> assertThat(problem).contains("types that are known are expect_column_"));
    }

    @Test
    void refusesWrongArguments() {
        assertThat(problemsOf("values_to_be_between", "\"min_value\": null")).hasSize(1);
        assertThat(problemsOf("values_to_be_between", "\"min_value\": true")).isNotEmpty();
        assertThat(problemsOf("values_to_be_between", "\"min_value\": NaN")).isNotEmpty();
        assertThat(problemsOf("values_to_be_between", "\"min_value\": \"a\", \"max_value\": 1"))
                .hasSize(1);
        assertThat(problemsOf("values_to_be_between", "\"min_value\": 1, \"strict_min\": \"yes\""))
                .hasSize(1);
        assertThat(problemsOf("values_to_be_in_set", "\"value_set\": 5")).hasSize(1);
        assertThat(problemsOf("values_to_be_in_set", "\"mostly\": 1")).hasSize(1);
        assertThat(problemsOf("values_to_match_regex", "\"regex\": 5")).hasSize(1);
        assertThat(problemsOf("values_to_be_of_type", "\"type_\": \"integral\""))
                .hasSize(1);
        assertThat(problemsOf("values_to_be_in_type_list", "\"type_list\": [\"int\", 5]"))
                .hasSize(1);
        assertThat(problemsOf("value_lengths_to_equal", "\"value\": 1.5")).hasSize(1);
        assertThat(problemsOf("value_lengths_to_equal", "\"mostly\": 1")).hasSize(1);
        assertThat(problemsOf("value_lengths_to_be_between", "\"min_value\": -1"))
                .hasSize(1);
        assertThat(problemsOf("value_lengths_to_be_between", "\"min_value\": 3, \"max_value\": 2"))
                .hasSize(1);
        assertThat(problemsOf("values_to_be_null", "\"mostly\": -0.1")).hasSize(1);
        assertThat(problemsOf("values_to_be_null", "\"mostly\": \"1\"")).hasSize(1);
    }

    @Test
    void refusesWhatIsNoSuite() {
        assertThat(problems("")).hasSize(1);
        assertThat(problems("5")).hasSize(1);
        assertThat(problems("{}")).singleElement().asString().contains("expectations must be given");
        assertThat(problems("{\"expectations\": [")).singleElement().asString().contains("line 1");
        assertThat(problems("{\"expectations\": [], \"expectations\": []}")).hasSize(1);
        assertThat(problems("{\"expectations\": []} trailing")).hasSize(1);
        assertThat(problems("a: [1\nb")).singleElement().asString().contains("must be JSON or YAML");
        assertThat(problems("\0\u0001\u0002")).hasSize(1);
        assertThatExceptionOfType(SuiteException.class).isThrownBy(() -> SuiteReader.read(new byte[0], "empty"));
    }

    @Test
    void aDeeplyNestedRegexIsAProblemNotACrash() {
        assertThat(problemsOf("values_to_match_regex", "\"regex\": \"" + "(".repeat(100_000) + "\""))
                .hasSize(1);
    }
}
