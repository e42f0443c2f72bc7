package io.github.camelaiflow.model.files;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One object of a card, read key by key; what is of the wrong type is a problem and counts as not said. Not thread-safe. */
final class CardNode {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode node;
    private final String prefix;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    CardNode(JsonNode node, String prefix, List<String> problems) {
        this.node = node;
        this.prefix = prefix;
        this.problems = problems;
    }

    void problem(String key, String requirement) {
        problems.add(prefix + key + " " + requirement);
    }

    /** {@code null} if absent. */
    JsonNode tree(String key) {
        known.add(key);
        return node.hasNonNull(key) ? node.get(key) : null;
    }

    String text(String key) {
        JsonNode value = tree(key);
        if (value == null || value.isTextual() && !value.asText().isBlank()) {
            return value == null ? null : value.asText();
        }
        problem(key, "must be a text");
        return null;
    }

    /** A digest in lower case. */
    String sha256(String key) {
        String text = text(key);
        if (text != null && !text.matches("[0-9a-fA-F]{64}")) {
            problem(key, "must be 64 hexadecimal digits");
            return null;
        }
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** A file beside the card or below it. */
    String path(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        boolean plain = !text.contains("\\") && !text.contains(":") && !text.startsWith("/") && text.indexOf(0) < 0;
        if (!plain || List.of(text.split("/", -1)).stream().anyMatch(part -> part.isEmpty() || part.startsWith("."))) {
            problem(key, "must be a relative path with no part that starts with a dot");
            return null;
        }
        return text;
    }

    void require(String key, Object value) {
        if (value == null && !node.hasNonNull(key)) {
            problem(key, "is required");
        }
    }

    Double number(String key) {
        JsonNode value = tree(key);
        if (value == null || value.isNumber() && Double.isFinite(value.asDouble())) {
            return value == null ? null : value.asDouble();
        }
        problem(key, "must be a finite number");
        return null;
    }

    Long whole(String key, long least, long most) {
        JsonNode value = tree(key);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= least && value.asLong() <= most) {
            return value.asLong();
        }
        problem(key, "must be a whole number from " + least + " to " + most);
        return null;
    }

    OffsetDateTime time(String key) {
        String text = text(key);
        try {
            return text == null ? null : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            problem(key, "must be a time with its offset, such as 2026-11-01T12:00:00Z");
            return null;
        }
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(key)) {
            if (item.isTextual()) {
                texts.add(item.asText());
            } else {
                problem(key, "must be a list of texts");
                return List.of();
            }
        }
        return texts;
    }

    Map<String, Double> numbers(String key) {
        CardNode child = child(key);
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : child == null ? List.<String>of() : child.names()) {
            Double number = child.number(name);
            if (number != null) {
                numbers.put(name, number);
            }
        }
        return numbers;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** {@code null} if absent. */
    CardNode child(String key) {
        JsonNode value = tree(key);
        if (value == null || value.isObject()) {
            return value == null ? null : new CardNode(value, prefix + key + ".", problems);
        }
        problem(key, "must be an object");
        return null;
    }

    /** The objects of a list, each with its index in its place. */
    List<CardNode> children(String key) {
        List<CardNode> children = new ArrayList<>();
        for (JsonNode item : array(key)) {
            String place = prefix + key + "[" + children.size() + "]";
            if (!item.isObject()) {
                problems.add(place + " must be an object");
                return List.of();
            }
            children.add(new CardNode(item, place + ".", problems));
        }
        return children;
    }

    private Iterable<JsonNode> array(String key) {
        JsonNode value = tree(key);
        if (value != null && !value.isArray()) {
            problem(key, "must be a list");
        }
        return value == null || !value.isArray() ? JsonNodeFactory.instance.arrayNode() : value;
    }

    /** The object under that key as plain Java; {@code null} if absent. */
    Map<String, Object> map(String key) {
        JsonNode value = tree(key);
        if (value == null || value.isObject()) {
            return value == null
                    ? null
                    : JSON.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
        }
        problem(key, "must be an object");
        return null;
    }

    /** Any value as plain Java; {@code null} if absent. */
    Object any(String key) {
        JsonNode value = tree(key);
        return value == null ? null : JSON.convertValue(value, Object.class);
    }

    /** Reports the keys nobody asked for. */
    void done() {
        for (String name : names()) {
            if (!known.contains(name)) {
                problem(name, "is not known here; known are " + String.join(", ", known));
            }
        }
    }
}
