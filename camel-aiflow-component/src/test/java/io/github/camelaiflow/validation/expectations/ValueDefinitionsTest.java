package io.github.camelaiflow.validation.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.SuiteParameters;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Great Expectations' definitions of row conditions, suite parameters and texts' formats, record by record. */
class ValueDefinitionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));

    private final List<String> failed = new ArrayList<>();
    private final Map<String, Integer> passed = new TreeMap<>();

    @Test
    void conditionsParametersAndFormatsAreAsInGreatExpectations() throws IOException {
        String data = System.getProperty("aiflow.data", "");
        assumeTrue(!data.isEmpty(), "the definitions lie outside the repository: set -Daiflow.data");
        try (Stream<Path> files = Files.list(Path.of(data, "validation/ge-definitions/column_map_expectations"))) {
            for (Path file : files.sorted().toList()) {
                definition(JSON.readTree(file.toFile()));
            }
        }

        assertThat(failed).isEmpty();
        assertThat(passed)
                .containsEntry("row_condition", 15)
                .containsEntry("$PARAMETER", 6)
                .containsEntry("expect_column_values_to_match_strftime_format", 9)
                .containsEntry("expect_column_values_to_be_dateutil_parseable", 4)
                .containsEntry("expect_column_values_to_be_json_parseable", 5)
                .containsEntry("expect_column_values_to_match_json_schema", 3)
                .containsEntry("expect_column_values_to_match_regex_list", 6)
                .containsEntry("expect_column_values_to_not_match_regex_list", 4);
    }

    private void definition(JsonNode definition) {
        String type = definition.get("expectation_type").asText();
        if (!ExpectationTypes.knows(type)) {
            return;
        }
        for (JsonNode dataset : definition.get("datasets")) {
            for (JsonNode test : dataset.get("tests")) {
                if (forDataFrames(dataset) && forDataFrames(test)) {
                    one(type, dataset, test);
                }
            }
        }
    }

    private static boolean forDataFrames(JsonNode node) {
        boolean only = !node.has("only_for") || node.get("only_for").toString().contains("\"pandas\"");
        return only && !node.path("suppress_test_for").toString().contains("\"pandas\"");
    }

    private void one(String type, JsonNode dataset, JsonNode test) {
        String group = test.get("in").has("row_condition")
                ? "row_condition"
                : test.get("in").toString().contains("$PARAMETER") ? "$PARAMETER" : type;
        String difference = difference(type, rows(dataset), test);
        if (difference == null) {
            passed.merge(group, 1, Integer::sum);
        } else if (group.startsWith("row")
                || group.startsWith("$")
                || type.matches(".*(strf|date|json|regex_list).*")) {
            failed.add(type + "/" + test.get("title").asText() + ": " + difference);
        }
    }

    private static List<Map<String, Object>> rows(JsonNode dataset) {
        List<Map<String, Object>> rows = new ArrayList<>();
        dataset.get("data").properties().forEach(column -> {
            String dtype =
                    dataset.path("schemas").path("pandas").path(column.getKey()).asText();
            for (int i = 0; i < column.getValue().size(); i++) {
                if (rows.size() == i) {
                    rows.add(new LinkedHashMap<>());
                }
                Object value = JSON.convertValue(column.getValue().get(i), Object.class);
                boolean date = dtype.startsWith("datetime") && value instanceof String;
                rows.get(i).put(column.getKey(), date ? DateParser.parse((String) value) : value);
            }
        });
        return rows;
    }

    private static String difference(String type, List<Map<String, Object>> rows, JsonNode test) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> kwargs = new SuiteParameters(Map.of(), NOW)
                .substitute(JSON.convertValue(test.get("in"), new TypeReference<>() {}), problems::add)
                .kwargs();
        ExpectationTypes.Compiled compiled = ExpectationTypes.read(type, new Arguments(kwargs, "definition", problems));
        boolean error = test.has("error") || test.get("out").has("traceback_substring");
        if (compiled == null) {
            return error ? null : problems.toString();
        }
        ValueCheck check = (ValueCheck) compiled.check();
        List<Integer> unexpected = new ArrayList<>();
        int judged = 0;
        try {
            for (int i = 0; i < rows.size(); i++) {
                Object value = compiled.operand().read(rows.get(i));
                if (value != Operand.EXCLUDED && (!Values.missing(value) || check.judgesMissing())) {
                    judged++;
                    if (!check.meets(value)) {
                        unexpected.add(i);
                    }
                }
            }
        } catch (Unjudgeable e) {
            return error ? null : e.getMessage();
        }
        boolean success = judged == 0 || (judged - unexpected.size()) / (double) judged >= compiled.mostly();
        JsonNode out = test.get("out");
        if (error || (out.has("success") && out.get("success").asBoolean() != success)) {
            return "success " + success + " unexpected " + unexpected;
        }
        boolean listed =
                out.has("unexpected_list") && out.get("unexpected_list").size() != unexpected.size();
        List<Integer> indexes = new ArrayList<>();
        out.path("unexpected_index_list")
                .forEach(place -> indexes.add(place.get("pk_index").asInt()));
        return listed || (out.has("unexpected_index_list") && !indexes.equals(unexpected))
                ? "unexpected " + unexpected
                : null;
    }
}
