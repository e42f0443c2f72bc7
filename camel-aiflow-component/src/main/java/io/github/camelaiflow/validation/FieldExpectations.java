package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The expectations a schema's fields stand for: presence, type, values, bounds. All are critical. */
final class FieldExpectations {

    private static final Map<String, Object> META = Map.of("source", "schema");

    private FieldExpectations() {}

    static List<Expectation> of(Schema schema) {
        List<Expectation> expectations = new ArrayList<>();
        schema.fields().forEach(field -> add(field, expectations));
        return expectations;
    }

    private static void add(Field field, List<Expectation> expectations) {
        if (!field.missingAllowed()) {
            expectations.add(expectation("expect_column_values_to_not_be_null", field, Map.of()));
        }
        expectations.add(expectation(
                "expect_column_values_to_be_of_type",
                field,
                Map.of("type_", field.type().toString())));
        if (!field.values().isEmpty()) {
            expectations.add(
                    expectation("expect_column_values_to_be_in_set", field, Map.of("value_set", field.values())));
        }
        if (field.min() != null || field.max() != null) {
            Map<String, Object> bounds = new LinkedHashMap<>();
            bounds.put("min_value", field.min());
            bounds.put("max_value", field.max());
            expectations.add(expectation("expect_column_values_to_be_between", field, bounds));
        }
    }

    private static Expectation expectation(String type, Field field, Map<String, Object> arguments) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column", field.name());
        kwargs.putAll(arguments);
        return new Expectation(type, field.name(), kwargs, 1, Severity.CRITICAL, META, null);
    }
}
