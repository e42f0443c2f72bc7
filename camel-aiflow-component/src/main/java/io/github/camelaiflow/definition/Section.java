package io.github.camelaiflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One object of a definition, read key by key. Reading a key of the wrong type adds a problem and gives the default;
 * {@link #done()} reports the keys nobody asked for.
 */
final class Section {

    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,6})?\\s?%");
    private static final String SHARE = "must be a share above 0 and at most 1, such as 5% or 0.05";

    private final ObjectNode node;
    private final String place;
    private final String prefix;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> later = new LinkedHashSet<>();

    Section(ObjectNode node, String place, Problems problems) {
        this(node, place, "", problems);
    }

    private Section(ObjectNode node, String place, String prefix, Problems problems) {
        this.node = node;
        this.place = place;
        this.prefix = prefix;
        this.problems = problems;
    }

    /** Where the key stands, for messages. */
    String place(String key) {
        return place + ": " + prefix + key;
    }

    void problem(String key, String requirement) {
        problems.add(place(key), requirement);
    }

    boolean has(String key) {
        known.add(key);
        return node.hasNonNull(key);
    }

    /** Refuses a key that a later version will know. */
    void notYet(String key) {
        later.add(key);
        if (node.hasNonNull(key)) {
            problem(key, "is not available in this version; leave it out");
        }
    }

    /** The value as it stands; {@code null} if absent. */
    JsonNode tree(String key) {
        return has(key) ? node.get(key) : null;
    }

    String text(String key) {
        JsonNode value = tree(key);
        if (value == null) {
            return null;
        }
        if (value.isValueNode() && !value.asText().isBlank()) {
            return value.asText();
        }
        problem(key, "must be a text");
        return null;
    }

    String requiredText(String key) {
        if (!has(key)) {
            problem(key, "is required");
            return null;
        }
        return text(key);
    }

    String oneOf(String key, String fallback, List<String> allowed) {
        String text = text(key);
        if (text == null) {
            return fallback;
        }
        if (allowed.contains(text)) {
            return text;
        }
        problem(key, "must be one of " + String.join(", ", allowed) + ", was " + text);
        return fallback;
    }

    Double number(String key) {
        JsonNode value = tree(key);
        if (value == null || value.isNumber()) {
            return value == null ? null : value.asDouble();
        }
        problem(key, "must be a number");
        return null;
    }

    Long positive(String key) {
        JsonNode value = tree(key);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0) {
            return value.asLong();
        }
        problem(key, "must be a whole number above 0");
        return null;
    }

    /** {@code null} if not said. */
    Boolean flag(String key) {
        JsonNode value = tree(key);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        problem(key, "must be true or false");
        return null;
    }

    /** A time with its unit; {@code null} if not said. */
    Duration duration(String key) {
        String text = text(key);
        Duration duration = text == null
                ? null
                : WindowSize.parse(text).map(WindowSize::duration).orElse(null);
        if (text != null && duration == null) {
            problem(key, "must be a time with its unit (500ms, 30s, 5m, 1h, 1d), was " + text);
        }
        return duration;
    }

    /** A number of records or a time; {@code null} if not said. */
    WindowSize window(String key) {
        String text = text(key);
        WindowSize window = text == null ? null : WindowSize.parse(text).orElse(null);
        if (text != null && window == null) {
            problem(key, WindowSize.REQUIREMENT + ", was " + text);
        }
        return window;
    }

    /** A share of 1, written as {@code 5%} or {@code 0.05}; {@code null} if not said. */
    Double share(String key) {
        JsonNode value = tree(key);
        Double share = value == null ? null : share(value);
        if (value != null && share == null) {
            problem(key, SHARE);
        }
        return share;
    }

    /** Shares, in order; empty if not said. */
    List<Double> shares(String key) {
        JsonNode value = tree(key);
        List<Double> shares = new ArrayList<>();
        for (JsonNode item : value == null ? JsonNodeFactory.instance.arrayNode() : value) {
            shares.add(share(item));
        }
        if (value != null && (!value.isArray() || shares.contains(null))) {
            problem(key, "must be a list, each of which " + SHARE);
            return List.of();
        }
        return shares;
    }

    private static Double share(JsonNode value) {
        double share = Double.NaN;
        if (value.isNumber()) {
            share = value.asDouble();
        } else if (PERCENT.matcher(value.asText()).matches()) {
            share = Double.parseDouble(value.asText().replace("%", "").strip()) / 100;
        }
        return share > 0 && share <= 1 ? share : null;
    }

    /** The keys there are. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    List<String> texts(String key) {
        JsonNode value = tree(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (item.isValueNode() && !item.isNull() && !item.isBoolean()) {
                texts.add(item.asText());
            }
        }
        if (!value.isArray() || texts.size() != value.size()) {
            problem(key, "must be a list of texts; words YAML takes for true or false, such as NO, need quotes");
            return List.of();
        }
        return texts;
    }

    /** The object under that key; an empty one if absent. */
    Section child(String key) {
        JsonNode value = tree(key);
        if (value != null && !value.isObject()) {
            problem(key, "must be an object");
        }
        ObjectNode object =
                value != null && value.isObject() ? (ObjectNode) value : JsonNodeFactory.instance.objectNode();
        return new Section(object, place, prefix + key + ".", problems);
    }

    /** The objects under that key, by name, in order. */
    Map<String, Section> children(String key) {
        Section parent = child(key);
        Map<String, Section> children = new LinkedHashMap<>();
        parent.node.fieldNames().forEachRemaining(name -> children.put(name, parent.child(name)));
        return children;
    }

    /** Reports every key that was never asked for. */
    void done() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !later.contains(name)) {
                problem(name, "is not known here; known are " + String.join(", ", known));
            }
        });
    }
}
