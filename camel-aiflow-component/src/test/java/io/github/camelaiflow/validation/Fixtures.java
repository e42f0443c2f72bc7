package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Suites and records in few words. */
final class Fixtures {

    private Fixtures() {}

    /** A suite of expectations written as {@code type} and kwargs in YAML flow style. */
    static Suite suite(String... expectations) {
        StringBuilder yaml = new StringBuilder("name: test\nexpectations:\n");
        for (String expectation : expectations) {
            yaml.append("  - {").append(expectation).append("}\n");
        }
        return SuiteReader.read(yaml.toString().getBytes(StandardCharsets.UTF_8), "test.yaml");
    }

    static String expect(String type, String kwargs) {
        return "type: expect_column_" + type + ", kwargs: {column: c, " + kwargs + "}";
    }

    static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    /** A batch with one column, {@code c}. */
    static Records column(Object... values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(Collections.singletonMap("c", value));
        }
        return Records.batch(rows);
    }

    static ValidationResult validate(Suite suite, Records records) {
        return validate(Schema.NONE, suite, records);
    }

    static ValidationResult validate(Schema schema, Suite suite, Records records) {
        try (RecordValidator validator = new RecordValidator(schema, suite)) {
            return validator.validate(records, records.batch() ? Scope.BATCH : Scope.RECORD, ResultFormat.COMPLETE);
        }
    }

    /** The only result of one expectation over values of column {@code c}. */
    static ExpectationResult judge(String type, String kwargs, Object... values) {
        return validate(suite(expect(type, kwargs)), column(values)).results().get(0);
    }
}
