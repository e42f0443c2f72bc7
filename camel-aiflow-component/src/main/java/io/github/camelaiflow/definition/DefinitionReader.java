package io.github.camelaiflow.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.FlowDefinition.Store;
import io.github.camelaiflow.definition.FlowDefinition.Validation;
import io.github.camelaiflow.definition.FlowDefinition.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a flow's definition from YAML or JSON (which is YAML). Stateless, thread-safe. */
public final class DefinitionReader {

    /** A definition is configuration, not data; more than this is refused unread. */
    public static final int MAX_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder(new YAMLFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> TYPES =
            Arrays.stream(FieldType.values()).map(FieldType::toString).toList();
    private static final List<String> LATER = List.of("review", "features");

    private DefinitionReader() {}

    /**
     * Reads a definition.
     *
     * @param flow the name the definition must have in {@code flow}, if it says one
     * @param place the resource, for messages and as the base of relative resources
     * @param bytes YAML or JSON in UTF-8
     * @throws DefinitionException naming every problem with its place
     */
    public static FlowDefinition read(String flow, String place, byte[] bytes) {
        Problems problems = new Problems();
        ObjectNode root = parse(place, bytes, problems);
        problems.throwIfAny();
        FlowDefinition definition = read(flow, place, Sha256.of(bytes), new Section(root, place, problems));
        problems.throwIfAny();
        return definition;
    }

    private static ObjectNode parse(String place, byte[] bytes, Problems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.add(place, "a definition must not exceed " + MAX_BYTES + " bytes, was " + bytes.length);
            return null;
        }
        try {
            JsonNode tree = place.endsWith(".json") ? JSON.readTree(bytes) : YAML.readTree(bytes);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            problems.add(place, "a definition must be an object, such as: flow: claims");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            problems.add(place + where, "must be well-formed YAML or JSON: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            problems.add(place, "cannot be read: " + e.getMessage());
        }
        return null;
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static FlowDefinition read(String flow, String place, String digest, Section root) {
        String name = root.text("flow");
        if (name != null && !name.equals(flow)) {
            root.problem("flow", "must be the name the endpoint uses, " + flow + ", was " + name);
        }
        LATER.forEach(root::notYet);
        Schema schema = schema(root.child("record"));
        Validation validation = validation(root.child("validation"));
        Map<String, ModelSource> models = ModelSection.read(root);
        Versions versions = versions(root.child("versions"));
        Map<String, String> aliases = aliases(root);
        Set<String> names = new LinkedHashSet<>(models.keySet());
        names.addAll(aliases.keySet());
        RolloutSettings rollout = RolloutSection.read(root.child("rollout"), names, versions.folder() != null);
        DriftSettings drift = DriftSection.read(root.child("drift"), schema);
        FeedbackSettings feedback = FeedbackSection.read(root.child("feedback"), root.has("feedback"), schema);
        Store store = store(root);
        root.done();
        return new FlowDefinition(
                flow, place, digest, schema, validation, models, versions, aliases, rollout, drift, feedback, store);
    }

    private static Schema schema(Section section) {
        String key = section.text("key");
        List<Field> fields = new ArrayList<>();
        section.children("fields").forEach((name, field) -> fields.add(field(name, field)));
        section.done();
        return new Schema(key, fields);
    }

    private static Field field(String name, Section section) {
        String type = section.oneOf("type", null, TYPES);
        if (!section.has("type")) {
            section.problem("type", "is required: one of " + String.join(", ", TYPES));
        }
        boolean optional = "allow".equals(section.oneOf("missing", "reject", List.of("allow", "reject")));
        Double min = section.number("min");
        Double max = section.number("max");
        List<String> values = section.texts("values");
        section.done();
        FieldType fieldType = type == null ? FieldType.TEXT : FieldType.valueOf(type.toUpperCase(Locale.ROOT));
        if ((min != null || max != null) && type != null && !fieldType.numeric()) {
            section.problem("min", "min and max need type number or integer, was " + type);
        }
        if (!values.isEmpty() && (fieldType.numeric() || fieldType == FieldType.BOOLEAN)) {
            section.problem("values", "needs type category or text, was " + type);
        }
        if (min != null && max != null && min > max) {
            section.problem("min", "must not be above max");
            max = null;
        }
        return new Field(name, fieldType, optional, min, max, values);
    }

    private static Validation validation(Section section) {
        JsonNode suite = section.tree("suite");
        String onInvalid = section.oneOf("onInvalid", null, List.of("throw", "mark", "split"));
        WindowSize window = section.window("window");
        Long panes = section.positive("panes");
        Boolean profile = section.flag("profile");
        Boolean ignoreUnknown = section.flag("ignoreUnknown");
        JsonNode parameters = section.tree("parameters");
        List<String> groups = section.texts("groups");
        section.done();
        if (suite != null && !suite.isTextual() && !suite.isContainerNode()) {
            section.problem("suite", "must be a resource or the suite itself");
        }
        if (suite != null && suite.isContainerNode() && suite.isEmpty()) {
            section.problem("suite", "must hold expectations");
        }
        if (parameters != null && !parameters.isObject()) {
            section.problem("parameters", "must be an object of names and values");
        }
        boolean inline = suite != null && suite.isContainerNode();
        return new Validation(
                suite != null && suite.isTextual() ? suite.asText() : null,
                inline ? suite : null,
                onInvalid,
                window,
                panes == null ? null : Math.toIntExact(Math.min(panes, Integer.MAX_VALUE)),
                profile,
                ignoreUnknown,
                parameters == null || !parameters.isObject()
                        ? Map.of()
                        : JSON.convertValue(parameters, new TypeReference<Map<String, Object>>() {}),
                groups);
    }

    private static Map<String, String> aliases(Section root) {
        Map<String, String> aliases = new LinkedHashMap<>();
        Section section = root.child("aliases");
        section.names().forEach(alias -> aliases.put(alias, section.requiredText(alias)));
        return aliases;
    }

    private static Versions versions(Section section) {
        Versions versions = new Versions(section.text("folder"), section.duration("watch"));
        section.done();
        return versions;
    }

    private static Store store(Section root) {
        if (!root.has("store")) {
            return null;
        }
        Section section = root.child("store");
        Store store = new Store(
                section.text("url"),
                section.text("username"),
                section.text("password"),
                section.text("dataSource"),
                section.duration("retention"));
        section.done();
        if ((store.url() == null) == (store.dataSource() == null)) {
            section.problem("url", "exactly one of url and dataSource is required");
        }
        return store;
    }
}
