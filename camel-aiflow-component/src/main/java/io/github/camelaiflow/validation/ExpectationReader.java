package io.github.camelaiflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ConstraintCheck;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.jakarta.ConstraintReader;
import io.github.camelaiflow.validation.python.SuiteParameters;
import java.util.ArrayList;
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
    private final List<NotEvaluated> skipped;
    private final SuiteParameters parameters;
    private final ConstraintReader constraints;
    private boolean dynamic;
    private boolean unknownType;

    /**
     * @param place where the expectation stands, for the user
     * @param problems takes what is wrong
     * @param skipped takes what is not known; {@code null} if that is a problem
     * @param parameters what {@code $PARAMETER} stands for
     * @param constraints reads the entries that are Jakarta constraints
     */
    ExpectationReader(
            String place,
            List<String> problems,
            List<NotEvaluated> skipped,
            SuiteParameters parameters,
            ConstraintReader constraints) {
        this.place = place;
        this.problems = problems;
        this.skipped = skipped;
        this.parameters = parameters;
        this.constraints = constraints;
    }

    /** Whether an argument depends on the time. */
    boolean dynamic() {
        return dynamic;
    }

    /** The expectation; {@code null} after a problem or if it is skipped. */
    Expectation read(JsonNode node) {
        if (!node.isObject()) {
            problems.add(place + ": must be an object with type and kwargs");
            return null;
        }
        int before = problems.size();
        List<String> unknown = new ArrayList<>();
        Map<String, Object> keys = Trees.map(node);
        for (String key : keys.keySet()) {
            if (!KEYS.contains(key)) {
                unknown.add(place + ": key " + key + " is not known in an expectation; remove it or move it to kwargs");
            }
        }
        Severity severity = severity(keys.get("severity"));
        Map<String, Object> meta = object(keys, "meta");
        Object type = keys.getOrDefault("type", keys.get("expectation_type"));
        Map<String, Object> written = object(keys, "kwargs");
        int sound = problems.size();
        Map<String, Object> kwargs = substituted(written, type);
        boolean substituted = problems.size() == sound;
        Compiled compiled = null;
        String at = place + " (" + type + of(kwargs.get("column")) + ")";
        Arguments arguments = new Arguments(kwargs, at, problems, unknown);
        if (!(type instanceof String)) {
            problems.add(place + ": type must be given, as a text");
        } else if (ExpectationTypes.knows((String) type)) {
            compiled = substituted ? ExpectationTypes.read((String) type, arguments) : null;
        } else if (constraints.knows((String) type)) {
            compiled = substituted ? constraints.read((String) type, arguments) : null;
        } else {
            String why = ExpectationTypes.sqlOnly((String) type);
            unknown.add(place + ": type " + type + (why == null ? " is not known" : " " + why));
            unknownType |= why == null;
        }
        if (skipped == null) {
            problems.addAll(unknown);
        } else if (!unknown.isEmpty()) {
            skipped.add(new NotEvaluated(String.valueOf(type), column(kwargs), String.join("; ", unknown)));
            return null;
        }
        if (problems.size() > before || compiled == null) {
            return null;
        }
        Expectation expectation = new Expectation(
                (String) type, about(compiled, kwargs), kwargs, compiled.mostly(), severity, meta, id(keys));
        if (compiled.check() instanceof ConstraintCheck) {
            constraints.keep(compiled, expectation.kwargs(), at);
        }
        return expectation;
    }

    private Map<String, Object> substituted(Map<String, Object> kwargs, Object type) {
        String at = place + " (" + type + of(kwargs.get("column")) + "): ";
        SuiteParameters.Substituted values = parameters.substitute(kwargs, problem -> problems.add(at + problem));
        dynamic = values.dynamic();
        return values.kwargs() == kwargs ? kwargs : Trees.withoutTimes(values.kwargs());
    }

    /** Whether its type is not known. */
    boolean unknownType() {
        return unknownType;
    }

    /** All types there are, for the user. */
    static String known() {
        return String.join(", ", ExpectationTypes.names()) + "; and " + ConstraintReader.KNOWN;
    }

    /** The column of a table expectation that is about one stands in its arguments only. */
    private static String about(Compiled compiled, Map<String, Object> kwargs) {
        String name = compiled.operand().name();
        return name.isEmpty() ? column(kwargs) : name;
    }

    private static String column(Map<String, Object> kwargs) {
        return kwargs.get("column") instanceof String text ? text : "";
    }

    private static String of(Object column) {
        return column instanceof String text && !text.isEmpty() ? " of " + text : "";
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
}
