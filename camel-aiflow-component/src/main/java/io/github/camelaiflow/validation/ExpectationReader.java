package io.github.camelaiflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one expectation of a suite and notes all that is wrong with it. */
final class ExpectationReader {

    private static final Set<String> KEYS = Set.of(
            "type",
            "expectation_type",
            "kwargs",
            "meta",
            "id",
            "ge_cloud_id",
            "notes",
            "description",
            "severity",
            "rendered_content",
            "success_on_last_run");

    private final String place;
    private final List<String> problems;

    ExpectationReader(String place, List<String> problems) {
        this.place = place;
        this.problems = problems;
    }

    /** The expectation; {@code null} after a problem. */
    Expectation read(JsonNode node) {
        if (!node.isObject()) {
            problems.add(place + ": must be an object with type and kwargs");
            return null;
        }
        int before = problems.size();
        Map<String, Object> keys = Trees.map(node);
        for (String key : keys.keySet()) {
            if (!KEYS.contains(key)) {
                problems.add(
                        place + ": key " + key + " is not known in an expectation; remove it or move it to kwargs");
            }
        }
        Severity severity = severity(keys.get("severity"));
        Map<String, Object> meta = object(keys, "meta");
        Map<String, Object> kwargs = object(keys, "kwargs");
        Object type = keys.getOrDefault("type", keys.get("expectation_type"));
        if (!ExpectationTypes.knows(String.valueOf(type))) {
            problems.add(place + ": " + (type == null ? "type must be given" : "type " + type + " is not known")
                    + "; known are " + String.join(", ", ExpectationTypes.names()));
            return null;
        }
        String column = kwargs.get("column") instanceof String text ? text : "";
        Arguments arguments = new Arguments(kwargs, place + " (" + type + of(column) + ")", problems);
        double mostly = 1;
        if (containsParameter(kwargs)) {
            arguments.problem("$PARAMETER is not supported yet; write the value itself");
        } else {
            ExpectationTypes.Compiled compiled = ExpectationTypes.read((String) type, arguments);
            mostly = compiled == null ? 1 : compiled.mostly();
        }
        return problems.size() == before
                ? new Expectation((String) type, column, kwargs, mostly, severity, meta, id(keys))
                : null;
    }

    private static String of(String column) {
        return column.isEmpty() ? "" : " of " + column;
    }

    private Severity severity(Object severity) {
        for (Severity known : Severity.values()) {
            if (severity == null || known.toString().equals(severity)) {
                return known;
            }
        }
        problems.add(place + ": severity must be critical, warning or info");
        return Severity.CRITICAL;
    }

    private Map<String, Object> object(Map<String, Object> keys, String key) {
        Object value = keys.get(key);
        if (value != null && !(value instanceof Map)) {
            problems.add(place + ": " + key + " must be an object");
        }
        return Trees.mapOrEmpty(value);
    }

    private static String id(Map<String, Object> keys) {
        Object id = keys.getOrDefault("id", keys.get("ge_cloud_id"));
        return id == null ? null : id.toString();
    }

    private static boolean containsParameter(Map<String, Object> kwargs) {
        return kwargs.values().stream()
                .anyMatch(value -> value instanceof Map<?, ?> map && map.containsKey("$PARAMETER"));
    }
}
