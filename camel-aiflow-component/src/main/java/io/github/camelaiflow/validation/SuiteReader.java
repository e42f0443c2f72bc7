package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a suite as Great Expectations writes it, 0.x ({@code expectation_type}) and 1.x ({@code type}). A list of
 * expectations without a suite around it is taken too. Stateless, thread-safe.
 *
 * <p>Not read yet: {@code row_condition} and {@code $PARAMETER}; they are reported as problems, never skipped.
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

    private SuiteReader() {}

    /**
     * The suite these bytes hold.
     *
     * @param bytes JSON or YAML, UTF-8
     * @param place where they came from, for messages
     * @throws SuiteException if they hold no suite, or one with problems: all of them
     */
    public static Suite read(byte[] bytes, String place) {
        try {
            return read((looksLikeJson(bytes) ? Trees.JSON : YAML).readTree(bytes), place);
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

    /**
     * The suite this tree holds, as a flow definition has it inline.
     *
     * @param tree an object with {@code expectations}, or a list of expectations
     * @param place where it stands, for messages
     * @throws SuiteException if it holds no suite, or one with problems: all of them
     */
    public static Suite read(JsonNode tree, String place) {
        if (tree == null || !(tree.isObject() || tree.isArray())) {
            throw new SuiteException(List.of(place + ": must hold a suite: an object with a list named expectations"));
        }
        List<String> problems = new ArrayList<>();
        Suite suite = tree.isArray()
                ? new Suite("", expectations(tree, place, problems), Map.of())
                : suite(Trees.map(tree), tree.get("expectations"), place, problems);
        if (!problems.isEmpty()) {
            throw new SuiteException(problems);
        }
        return suite;
    }

    private static Suite suite(Map<String, Object> keys, JsonNode list, String place, List<String> problems) {
        for (String key : keys.keySet()) {
            if (!SUITE_KEYS.contains(key)) {
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
        return new Suite(String.valueOf(name), expectations(list, place, problems), Trees.mapOrEmpty(meta));
    }

    private static List<Expectation> expectations(JsonNode list, String place, List<String> problems) {
        List<Expectation> expectations = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Expectation expectation =
                    new ExpectationReader(place + ": expectation " + (i + 1), problems).read(list.get(i));
            if (expectation != null) {
                expectations.add(expectation);
            }
        }
        return expectations;
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
