package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.camelaiflow.validation.jakarta.ConstraintReader;
import io.github.camelaiflow.validation.python.SuiteParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a suite as Great Expectations writes it, 0.x ({@code expectation_type}) and 1.x ({@code type}). A list of
 * expectations without a suite around it is taken too. Thread-safe.
 */
public final class SuiteReader {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Set<String> SUITE_KEYS = Set.of(
            "name",
            "expectation_suite_name",
            "expectations",
            "meta",
            "id",
            "ge_cloud_id",
            "notes",
            "data_asset_type",
            "suite_parameters",
            "evaluation_parameters");

    private final String place;
    private final SuiteSettings settings;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    private SuiteReader(String place, SuiteSettings settings) {
        this.place = place;
        this.settings = settings;
    }

    /** As {@link #read(byte[], String, SuiteSettings)}: nothing is skipped, and there are no parameters but the suite's own. */
    public static Suite read(byte[] bytes, String place) {
        return read(bytes, place, SuiteSettings.STRICT);
    }

    /**
     * The suite these bytes hold.
     *
     * @param bytes JSON or YAML, UTF-8
     * @param place where they came from, for messages
     * @param settings how to read it
     * @throws SuiteException if they hold no suite, or one with problems: all of them
     */
    public static Suite read(byte[] bytes, String place, SuiteSettings settings) {
        try {
            return read((looksLikeJson(bytes) ? Trees.JSON : YAML).readTree(bytes), place, settings);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new SuiteException(
                    List.of(place + ": must be JSON or YAML" + where + "; " + firstLine(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new SuiteException(List.of(place + ": must be JSON or YAML in UTF-8; " + firstLine(e.getMessage())));
        }
    }

    /** As {@link #read(JsonNode, String, SuiteSettings)}: nothing is skipped, and there are no parameters but the suite's own. */
    public static Suite read(JsonNode tree, String place) {
        return read(tree, place, SuiteSettings.STRICT);
    }

    /**
     * The suite this tree holds, as a flow definition has it inline.
     *
     * @param tree an object with {@code expectations}, or a list of expectations
     * @param place where it stands, for messages
     * @param settings how to read it
     * @throws SuiteException if it holds no suite, or one with problems: all of them
     */
    public static Suite read(JsonNode tree, String place, SuiteSettings settings) {
        if (tree == null || !(tree.isObject() || tree.isArray())) {
            throw new SuiteException(List.of(place + ": must hold a suite: an object with a list named expectations"));
        }
        SuiteReader reader = new SuiteReader(place, settings);
        Suite suite = tree.isArray() ? reader.bare(tree) : reader.suite(Trees.map(tree), tree.get("expectations"));
        if (!reader.problems.isEmpty()) {
            throw new SuiteException(reader.problems);
        }
        return suite;
    }

    private Suite bare(JsonNode list) {
        parameters.putAll(settings.parameters());
        return suite("", list, Map.of());
    }

    private Suite suite(Map<String, Object> keys, JsonNode list) {
        for (String key : keys.keySet()) {
            if (!SUITE_KEYS.contains(key) && !settings.ignoreUnknown()) {
                problems.add(place + ": key " + key + " is not known in a suite; remove it");
            }
        }
        Object name = keys.getOrDefault("name", keys.getOrDefault("expectation_suite_name", ""));
        if (!(name instanceof String)) {
            problems.add(place + ": name must be a text");
        }
        Object meta = keys.get("meta");
        if (meta != null && !(meta instanceof Map)) {
            problems.add(place + ": meta must be an object");
        }
        if (list == null || !list.isArray()) {
            problems.add(place + ": expectations must be given, as a list");
            return Suite.NONE;
        }
        parameters.putAll(parameters(keys, "suite_parameters"));
        parameters.putAll(parameters(keys, "evaluation_parameters"));
        parameters.putAll(settings.parameters());
        return suite(String.valueOf(name), list, Trees.mapOrEmpty(meta));
    }

    private Map<String, Object> parameters(Map<String, Object> keys, String key) {
        Object value = keys.get(key);
        if (value != null && !(value instanceof Map)) {
            problems.add(place + ": " + key + " must be an object of names and values");
        }
        return Trees.mapOrEmpty(value);
    }

    private Suite suite(String name, JsonNode list, Map<String, Object> meta) {
        List<Expectation> expectations = new ArrayList<>();
        List<NotEvaluated> skipped = settings.ignoreUnknown() ? new ArrayList<>() : null;
        SuiteParameters values = new SuiteParameters(parameters, settings.clock());
        ConstraintReader constraints = new ConstraintReader(settings.classes());
        boolean dynamic = false;
        boolean unknown = false;
        for (int i = 0; i < list.size(); i++) {
            ExpectationReader reader =
                    new ExpectationReader(place + ": expectation " + (i + 1), problems, skipped, values, constraints);
            Expectation expectation = reader.read(list.get(i));
            dynamic |= reader.dynamic();
            unknown |= reader.unknownType();
            if (expectation != null) {
                expectations.add(expectation);
            }
        }
        if (unknown && skipped == null) {
            problems.add(place + ": types that are known are " + ExpectationReader.known());
        }
        return new Suite(
                name, expectations, meta, skipped == null ? List.of() : skipped, dynamic, constraints.finish(problems));
    }

    private static boolean looksLikeJson(byte[] bytes) {
        for (byte b : bytes) {
            boolean skipped = b == ' ' || b == '\n' || b == '\r' || b == '\t' || b < 0;
            if (!skipped) {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
