package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether a stored profile is one of the records a flow has now. */
final class SchemaCheck {

    private static final String ABSENT = "is not in the profile";

    private SchemaCheck() {}

    /**
     * The profile with the columns of the flow's fields: of one that was made without declared fields those that the flow declares.
     *
     * @throws ReferenceException if both know of declared fields and these differ, or a column is of another kind than its field
     */
    static Profile checked(String name, Profile profile, Schema schema) {
        if (schema.fields().isEmpty()) {
            return profile;
        }
        List<String> differences = differences(profile, schema);
        boolean otherFields = profile.schemaDigest().isPresent()
                && !profile.schemaDigest().get().equals(Profile.digest(schema));
        if (otherFields && differences.isEmpty()) {
            differences = List.of("the names or types of its fields are others");
        }
        if (otherFields || differences.stream().anyMatch(text -> !text.endsWith(ABSENT))) {
            throw new ReferenceException(name + " must be a profile of the fields the flow declares now: "
                    + String.join("; ", differences) + ". Make it anew");
        }
        return profile.schemaDigest().isPresent() ? profile : only(profile, Columns.kinds(schema));
    }

    private static Profile only(Profile profile, Map<String, FieldKind> declared) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>(profile.columnProfiles());
        columns.keySet().removeIf(name -> !declared.containsKey(name) && !answer(name));
        Map<String, String> leftOut = new LinkedHashMap<>(profile.leftOut());
        leftOut.keySet().removeIf(name -> !declared.containsKey(name));
        declared.forEach((name, kind) -> {
            if (!columns.containsKey(name)) {
                leftOut.putIfAbsent(kind.field(name), "not in the reference");
            }
        });
        Map<String, Profile> segments = new LinkedHashMap<>();
        profile.segments().forEach((value, part) -> segments.put(value, only(part, declared)));
        return new Profile(profile.head(), columns, leftOut, profile.sample(), segments);
    }

    private static boolean answer(String name) {
        return name.equals(Profile.LABEL) || name.equals(Profile.SCORE);
    }

    private static List<String> differences(Profile profile, Schema schema) {
        Map<String, FieldKind> declared = Columns.kinds(schema);
        List<String> differences = new ArrayList<>();
        declared.forEach((name, kind) -> {
            ColumnProfile column = profile.column(name);
            if (column == null) {
                if (!profile.leftOut().containsKey(kind.field(name))) {
                    differences.add("column " + name + " " + ABSENT);
                }
            } else if (!same(kind, column.kind())) {
                differences.add("column " + name + " must be " + text(kind) + ", is " + text(column.kind()));
            }
        });
        for (String name : profile.columns()) {
            if (!declared.containsKey(name) && !answer(name)) {
                differences.add("column " + name + " is of no field the flow declares");
            }
        }
        // Of a profile made without declared fields those that the flow declares are taken.
        if (profile.schemaDigest().isEmpty()) {
            differences.removeIf(text -> text.endsWith("declares"));
        }
        return differences;
    }

    /** Truth values that nobody declared are categories. */
    private static boolean same(FieldKind declared, FieldKind found) {
        return declared == found || declared == FieldKind.BOOLEAN && found == FieldKind.CATEGORY;
    }

    private static String text(FieldKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
