package io.github.camelaiflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads section {@code drift}. */
final class DriftSection {

    private static final List<String> NUMBER_TESTS = List.of(
            "kolmogorov-smirnov",
            "wasserstein",
            "energy",
            "jensen-shannon",
            "psi",
            "hellinger",
            "chi-squared",
            "total-variation");
    private static final List<String> CATEGORY_TESTS =
            List.of("chi-squared", "jensen-shannon", "psi", "hellinger", "total-variation");
    private static final List<String> MULTIVARIATE = List.of("mmd", "pca", "domain-classifier");
    private static final String LENGTH = ".length";
    private static final String SHAPE = ".shape";
    private static final int MOST_PANES = 16;
    private static final int MOST_ROWS = 20_000;

    private final Section section;
    private final Schema schema;

    private DriftSection(Section section, Schema schema) {
        this.section = section;
        this.schema = schema;
    }

    static DriftSettings read(Section section, Schema schema) {
        return new DriftSection(section, schema).read();
    }

    private DriftSettings read() {
        Section outputs = section.child("outputs");
        DriftSettings settings = new DriftSettings(
                section.text("reference"),
                upTo("referenceSample", MOST_ROWS),
                section.window("window"),
                upTo("panes", MOST_PANES),
                section.positive("falseAlarms"),
                fields(),
                segment(section, schema),
                tests(),
                minimumEffects(),
                section.oneOf("correction", null, List.of("holm", "fdr", "e-values")),
                multivariate(),
                outputs.text("label"),
                outputs.text("score"),
                section.oneOf("detector", null, List.of("conformal")),
                section.oneOf("compatible", null, List.of("evidently", "nannyml")));
        outputs.done();
        section.done();
        if (!settings.multivariate().isEmpty() && settings.referenceSample() == null) {
            section.problem(
                    "multivariate", "compares rows, so referenceSample must say how many of the reference are kept");
        }
        if (settings.segment() != null && (!settings.multivariate().isEmpty() || settings.compatible() != null)) {
            section.problem(
                    "segment", "excludes multivariate and compatible: raw rows are kept of the whole reference only");
        }
        if (settings.compatible() != null && settings.referenceSample() == null) {
            section.problem(
                    "compatible", "is defined on rows, so referenceSample must say how many of the reference are kept");
        }
        return settings;
    }

    private Integer upTo(String key, int most) {
        Long value = section.positive(key);
        if (value != null && value > most) {
            section.problem(key, "must be at most " + most + ", was " + value);
            return null;
        }
        return value == null ? null : Math.toIntExact(value);
    }

    private List<String> fields() {
        List<String> fields = section.texts("fields");
        for (String field : fields) {
            if (!schema.fields().isEmpty() && schema.field(field).isEmpty()) {
                section.problem("fields", "names " + field + ", which record.fields does not declare");
            }
        }
        return fields;
    }

    /** A segment's name is shown everywhere, so it must be one the definition declares. */
    static String segment(Section section, Schema schema) {
        String segment = section.text("segment");
        if (segment != null
                && schema.field(segment).map(Field::values).orElse(List.of()).isEmpty()) {
            section.problem("segment", "must name a field of record.fields that declares its values, was " + segment);
        }
        return segment;
    }

    private Map<String, String> tests() {
        Map<String, String> tests = new LinkedHashMap<>();
        Section child = section.child("tests");
        for (String name : child.names()) {
            List<String> allowed = allowed(name);
            String test = child.oneOf(name, null, allowed);
            checkField(child, name);
            if (test != null) {
                tests.put(name, test);
            }
        }
        return tests;
    }

    private List<String> allowed(String name) {
        if (name.equals(DriftSettings.NUMBERS)) {
            return NUMBER_TESTS;
        }
        boolean number = schema.field(name)
                .map(field -> field.type().numeric())
                .orElse(schema.fields().isEmpty());
        return number && !name.equals(DriftSettings.CATEGORIES) ? NUMBER_TESTS : CATEGORY_TESTS;
    }

    private void checkField(Section child, String name) {
        boolean all = name.equals(DriftSettings.NUMBERS) || name.equals(DriftSettings.CATEGORIES);
        boolean known = schema.fields().isEmpty() || schema.field(name).isPresent() || ofText(name);
        if (!all && !known) {
            child.problem(
                    name,
                    "must be numbers, categories or a field that record.fields declares; of a free text, its name with "
                            + LENGTH + " or " + SHAPE);
        }
    }

    /** A free text is compared by its length and by the shape of its characters. */
    private boolean ofText(String name) {
        return Stream.of(LENGTH, SHAPE)
                .filter(name::endsWith)
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .anyMatch(field -> schema.field(field)
                        .filter(one -> one.type() == FieldType.TEXT)
                        .isPresent());
    }

    /** One number for all, or an object. */
    private Map<String, Double> minimumEffects() {
        JsonNode value = section.tree("minimumEffect");
        Map<String, Double> effects = new LinkedHashMap<>();
        if (value != null && value.isNumber()) {
            effects.put(DriftSettings.NUMBERS, value.asDouble());
            effects.put(DriftSettings.CATEGORIES, value.asDouble());
        } else if (value != null) {
            Section child = section.child("minimumEffect");
            for (String name : child.names()) {
                checkField(child, name);
                Double effect = child.number(name);
                effects.put(name, effect == null ? 0 : effect);
            }
        }
        if (effects.values().stream().anyMatch(effect -> !(effect >= 0))) {
            section.problem("minimumEffect", "must not be negative");
        }
        return effects;
    }

    private List<String> multivariate() {
        List<String> tests = section.texts("multivariate");
        for (String test : tests) {
            if (!MULTIVARIATE.contains(test)) {
                section.problem("multivariate", "must name some of " + MULTIVARIATE + ", was " + test);
            }
        }
        return tests;
    }
}
