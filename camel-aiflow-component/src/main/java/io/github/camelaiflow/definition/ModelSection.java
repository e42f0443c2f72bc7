package io.github.camelaiflow.definition;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.definition.ModelSource.FileOptions;
import io.github.camelaiflow.definition.ModelSource.Remembered;
import io.github.camelaiflow.definition.ModelSource.Remote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads section {@code models}. */
final class ModelSection {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> OF_FILES =
            List.of("sha256", "card", "probe", "provider", "intraOpThreads", "interOpThreads");

    private ModelSection() {}

    static Map<String, ModelSource> read(Section root) {
        Map<String, ModelSource> models = new LinkedHashMap<>();
        root.children("models").forEach((name, section) -> models.put(name, model(section)));
        return models;
    }

    private static ModelSource model(Section section) {
        String resource = section.text("model");
        String bean = section.text("bean");
        JsonNode rules = section.tree("rules");
        JsonNode otherwise = section.tree("otherwise");
        Remote remote = remote(section);
        Remembered lastGood = remembered(section, "lastGood");
        Map<String, Object> fixed = object(section, "default");
        long sources = Stream.of(resource, bean, rules, remote, lastGood, fixed)
                .filter(source -> source != null)
                .count();
        if (sources != 1) {
            section.problem("model", "exactly one of model, bean, rules, endpoint, lastGood and default is required");
        }
        FileOptions file = file(section, resource);
        List<String> features = section.texts("features");
        List<String> labels = section.texts("labels");
        Remembered cache = remembered(section, "cache");
        section.done();
        if (resource == null && remote == null && !(features.isEmpty() && labels.isEmpty())) {
            section.problem("features", "features and labels belong to model or endpoint; others read records by name");
        }
        if (cache != null && (lastGood != null || fixed != null)) {
            section.problem("cache", "belongs to a model that is asked, not to lastGood or default");
        }
        if (otherwise != null && rules == null) {
            section.problem("otherwise", "belongs to rules");
        }
        Map<String, Object> ruleModel = null;
        if (rules != null) {
            ruleModel = new LinkedHashMap<>();
            ruleModel.put("rules", JSON.convertValue(rules, Object.class));
            ruleModel.put("otherwise", JSON.convertValue(otherwise, Object.class));
        }
        return new ModelSource(
                resource, bean, ruleModel, remote, lastGood, fixed, features, labels, file, cache, false);
    }

    private static Remote remote(Section section) {
        String uri = section.text("endpoint");
        String protocol = section.oneOf("protocol", "camel", List.of("camel", "open-inference"));
        String send = section.oneOf("send", null, List.of("map", "json", "text"));
        Remote remote = new Remote(uri, protocol, send, section.duration("timeout"));
        if (uri != null) {
            if (send != null && !protocol.equals("camel")) {
                section.problem("send", "belongs to protocol camel");
            }
            return remote;
        }
        for (String key : List.of("protocol", "send", "timeout")) {
            if (section.has(key)) {
                section.problem(key, "belongs to endpoint");
            }
        }
        return null;
    }

    private static Remembered remembered(Section section, String key) {
        if (!section.has(key)) {
            return null;
        }
        Section child = section.child(key);
        Remembered remembered = new Remembered(child.positive("size"), child.duration("maxAge"));
        child.done();
        return remembered;
    }

    private static Map<String, Object> object(Section section, String key) {
        JsonNode value = section.tree(key);
        if (value != null && !value.isObject()) {
            section.problem(key, "must be an object, such as {label: review, score: 0.5}");
        }
        return value == null || !value.isObject()
                ? null
                : JSON.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static FileOptions file(Section section, String resource) {
        for (String key : OF_FILES) {
            if (section.has(key) && resource == null) {
                section.problem(key, "belongs to model; others have no file");
            }
        }
        String sha256 = section.text("sha256");
        if (sha256 != null && !sha256.matches("[0-9a-fA-F]{64}")) {
            section.problem("sha256", "must be 64 hexadecimal digits");
            sha256 = null;
        }
        return new FileOptions(
                sha256 == null ? null : sha256.toLowerCase(Locale.ROOT),
                section.text("card"),
                section.flag("probe"),
                section.text("provider"),
                threads(section, "intraOpThreads"),
                threads(section, "interOpThreads"));
    }

    private static Integer threads(Section section, String key) {
        Long threads = section.positive(key);
        if (threads != null && threads > 1024) {
            section.problem(key, "must be at most 1024");
            return null;
        }
        return threads == null ? null : threads.intValue();
    }
}
