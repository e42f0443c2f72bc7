package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.data.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns sampled rows into a profile: finds out which fields can be compared and how. */
final class FileProfile {

    private static final int IDENTIFIER_VALUES = 1000;

    private final List<Map<String, Object>> rows;
    private final Map<String, FieldKind> kinds = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private FileProfile(List<Map<String, Object>> rows) {
        this.rows = rows;
    }

    static Profile build(String name, Schema schema, RowSample sample, ProfileOptions options, Instant created) {
        List<Map<String, Object>> rows = sample.rows();
        if (rows.isEmpty()) {
            throw new ReferenceException(name + " must have at least one record");
        }
        FileProfile file = new FileProfile(rows);
        Set<String> present = new LinkedHashSet<>();
        rows.forEach(row -> present.addAll(row.keySet()));
        present.removeAll(List.of(Profile.LABEL, Profile.SCORE));
        present.remove(schema.key());
        if (schema.fields().isEmpty()) {
            present.forEach(file::infer);
        } else {
            file.declare(schema, present);
        }
        if (file.kinds.isEmpty()) {
            throw new ReferenceException(
                    name + " must have at least one field that can be compared, left out were " + file.leftOut);
        }
        ProfileCollector collector = new ProfileCollector(schema, options, file.kinds);
        collector.addAll(rows);
        return collector.profile(created, sample.seen(), file.leftOut);
    }

    private void declare(Schema schema, Collection<String> present) {
        Columns.kinds(schema).forEach((column, kind) -> {
            String field = kind.field(column);
            if (present.contains(field)) {
                kinds.put(column, kind);
            } else {
                leftOut.put(field, "not in the reference");
            }
        });
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
        CategoryProfile column = new CategoryProfile(FieldKind.CATEGORY);
        rows.forEach(row -> Columns.put(column, row.get(name)));
        String reason = any ? whyNoCategory(column) : null;
        if (reason == null) {
            kinds.put(name, FieldKind.CATEGORY);
        } else {
            leftOut.put(name, reason);
        }
    }

    /** Why a field that nobody declared is no category, if it is none. */
    static String whyNoCategory(CategoryProfile column) {
        long values = column.values();
        long distinct = column.distinct();
        if (values == 0) {
            return column.others() == 0 ? null : "neither numbers nor categories";
        }
        boolean identifier = distinct > IDENTIFIER_VALUES && 2 * distinct > values;
        return identifier ? "more like an identifier or free text than a category" : null;
    }
}
