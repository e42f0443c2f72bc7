package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns sampled rows into a reference: finds out which fields can be compared and how. */
final class ReferenceBuilder {

    private static final int IDENTIFIER_VALUES = 1000;

    private final List<Map<String, Object>> rows;
    private final Map<String, FieldKind> kinds = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private ReferenceBuilder(List<Map<String, Object>> rows) {
        this.rows = rows;
    }

    static Reference build(String name, Schema schema, List<Map<String, Object>> rows, long rowsRead) {
        if (rows.isEmpty()) {
            throw new ReferenceException(name + " must have at least one record");
        }
        ReferenceBuilder builder = new ReferenceBuilder(rows);
        Set<String> present = new LinkedHashSet<>();
        rows.forEach(row -> present.addAll(row.keySet()));
        present.remove(schema.key());
        if (schema.fields().isEmpty()) {
            present.forEach(builder::infer);
        } else {
            schema.fields().stream()
                    .filter(field -> !field.name().equals(schema.key()))
                    .forEach(field -> builder.declare(field, present));
        }
        if (builder.kinds.isEmpty()) {
            throw new ReferenceException(
                    name + " must have at least one field that can be compared, left out were " + builder.leftOut);
        }
        return new Reference(
                builder.kinds, Window.of(builder.kinds, rows).samples(), builder.leftOut, rows.size(), rowsRead);
    }

    private void declare(Field field, Collection<String> present) {
        if (!present.contains(field.name())) {
            leftOut.put(field.name(), "not in the reference");
        } else {
            FieldKind.of(field.type()).forEach(kind -> kinds.put(kind.column(field.name()), kind));
        }
    }

    private void infer(String name) {
        boolean numbers = true;
        boolean any = false;
        for (Map<String, Object> row : rows) {
            Object value = row.get(name);
            if (value != null && !"".equals(value)) {
                numbers &= value instanceof Number;
                any = true;
            }
        }
        if (any && numbers) {
            kinds.put(name, FieldKind.NUMBER);
            return;
        }
        String reason = any ? whyNoCategory(name) : null;
        if (reason == null) {
            kinds.put(name, FieldKind.CATEGORY);
        } else {
            leftOut.put(name, reason);
        }
    }

    private String whyNoCategory(String name) {
        CategorySample sample = (CategorySample)
                Window.of(Map.of(name, FieldKind.CATEGORY), rows).samples().get(0);
        int values = sample.counts().values();
        int distinct = sample.categories().size();
        if (values == 0) {
            return "neither numbers nor categories";
        }
        boolean identifier = distinct > IDENTIFIER_VALUES && 2L * distinct > values;
        return identifier ? "more like an identifier or free text than a category" : null;
    }

    /** Names that occur in a list more than once, for messages. */
    static Set<String> duplicates(List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                twice.add(name);
            }
        });
        return twice;
    }
}
