package io.github.camelaiflow.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Great Expectations' own test definitions for data frames, as far as the expectations are known here. */
class GreatExpectationsDefinitionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where this project differs on purpose. */
    private static final Map<String, String> DIFFERENT = Map.of(
            "expect_column_value_lengths_to_be_between/negative_test_with_max_lt_min",
            "min above max is refused at start-up, GX counts every value unexpected");

    @Test
    void definitionsForDataFramesPass() throws IOException {
        String data = System.getProperty("aiflow.data", "");
        assumeTrue(!data.isEmpty(), "the definitions lie outside the repository: set -Daiflow.data");
        Tried tried = new Tried();
        try (Stream<Path> files = Files.list(Path.of(data, "validation/ge-definitions/column_map_expectations"))) {
            for (Path file : files.sorted().toList()) {
                tried.file(JSON.readTree(file.toFile()));
            }
        }

        assertThat(tried.failed).isEmpty();
        assertThat(tried.differed).isEqualTo(DIFFERENT.keySet());
        assertThat(tried.passed).isGreaterThanOrEqualTo(144);
    }

    private static final class Tried {

        private final List<String> failed = new ArrayList<>();
        private final Set<String> differed = new TreeSet<>();
        private int passed;

        void file(JsonNode definition) {
            String type = definition.get("expectation_type").asText();
            if (!ExpectationTypes.names().contains(type)) {
                return;
            }
            for (JsonNode dataset : definition.get("datasets")) {
                if (forDataFrames(dataset)) {
                    Records records = records(dataset.get("data"));
                    JsonNode types = dataset.path("schemas").path("pandas");
                    for (JsonNode test : dataset.get("tests")) {
                        if (!isDate(types.path(test.get("in").path("column").asText()))) {
                            one(type, test, records);
                        }
                    }
                }
            }
        }

        /** The files hold dates as texts, which pandas' types turn into dates. */
        private static boolean isDate(JsonNode type) {
            return type.asText().matches("datetime.*|timestamp");
        }

        private void one(String type, JsonNode test, Records records) {
            boolean later = test.get("in").has("row_condition")
                    || test.get("in").toString().contains("$PARAMETER");
            if (!forDataFrames(test) || later) {
                return;
            }
            String name = type + "/" + test.get("title").asText();
            String difference = difference(type, test, records);
            if (difference == null) {
                passed++;
            } else if (DIFFERENT.containsKey(name)) {
                differed.add(name);
            } else {
                failed.add(name + ": " + difference);
            }
        }

        private static boolean forDataFrames(JsonNode node) {
            boolean only = !node.has("only_for") || contains(node.get("only_for"), "pandas");
            return only && !contains(node.path("suppress_test_for"), "pandas");
        }

        private static boolean contains(JsonNode list, String name) {
            for (JsonNode element : list) {
                if (element.asText().equals(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Records records(JsonNode columns) {
        List<Map<String, Object>> rows = new ArrayList<>();
        columns.properties().forEach(column -> {
            for (int i = 0; i < column.getValue().size(); i++) {
                if (rows.size() == i) {
                    rows.add(new LinkedHashMap<>());
                }
                rows.get(i).put(column.getKey(), Trees.value(column.getValue().get(i)));
            }
        });
        return Records.batch(rows);
    }

    /** What differs from the definition; null if nothing. */
    private static String difference(String type, JsonNode test, Records records) {
        ExpectationResult result;
        try {
            ArrayNode suite = JSON.createArrayNode();
            suite.addObject().put("type", type).set("kwargs", test.get("in"));
            result = Fixtures.validate(SuiteReader.read(suite, "definition"), records)
                    .results()
                    .get(0);
        } catch (SuiteException e) {
            return test.has("error") ? null : "refused: " + e.getMessage();
        }
        if (test.has("error")) {
            return result.error() == null || result.success() ? "no error" : null;
        }
        JsonNode out = test.get("out");
        if (out.has("success") && out.get("success").asBoolean() != result.success()) {
            return "success " + result.success();
        }
        String column = test.get("in").get("column").asText();
        if (out.has("unexpected_list") && !texts(out.get("unexpected_list")).equals(texts(result.unexpectedValues()))) {
            return "unexpected_list " + result.unexpectedValues();
        }
        if (out.has("unexpected_index_list") && !indexes(out, column).equals(result.unexpectedIndexes())) {
            return "unexpected_index_list " + result.unexpectedIndexes();
        }
        return null;
    }

    private static List<Integer> indexes(JsonNode out, String column) {
        List<Integer> indexes = new ArrayList<>();
        for (JsonNode place : out.get("unexpected_index_list")) {
            assertThat(((ObjectNode) place).has(column)).isTrue();
            indexes.add(place.get("pk_index").asInt());
        }
        return indexes;
    }

    private static List<String> texts(Iterable<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value instanceof JsonNode node ? node.asText() : String.valueOf(value)));
        return texts;
    }
}
