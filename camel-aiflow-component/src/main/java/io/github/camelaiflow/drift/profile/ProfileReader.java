package io.github.camelaiflow.drift.profile;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link ProfileWriter} wrote, from a file that nobody trusts: what no profile can be is refused. */
final class ProfileReader {

    private static final int LONGEST_TEXT = 1000;

    Profile read(JsonPlace file) {
        file.require(file.has("format"), "be an object with format");
        String format = file.get("format").text();
        file.get("format")
                .require(
                        format.equals(StoredProfile.FORMAT),
                        "be " + StoredProfile.FORMAT + ": the profile was written by another version");
        file.object(
                "format",
                "created",
                "schema",
                "capacity",
                "records",
                "recordsRead",
                "columns",
                "leftOut",
                "rows",
                "segments");
        JsonPlace segments = file.get("segments").object("field", "profiles");
        Profile.Head head = new Profile.Head(
                created(file.get("created")),
                digest(file.get("schema")),
                file.get("capacity").count(64, ProfileOptions.MOST_CAPACITY),
                file.get("records").count(),
                file.get("recordsRead").count(),
                optionalText(segments.get("field")));
        Profile whole = body(file, head, new SampledRows(0), Map.of());
        return new Profile(
                head, whole.columnProfiles(), whole.leftOut(), rows(file.get("rows"), whole), segments(segments, head));
    }

    private static Instant created(JsonPlace place) {
        if (place.isNull()) {
            return null;
        }
        try {
            return Instant.parse(place.text());
        } catch (DateTimeParseException e) {
            throw place.wrong("must be a time such as 2026-11-22T10:15:30Z");
        }
    }

    private static String digest(JsonPlace place) {
        String digest = optionalText(place);
        place.require(digest == null || digest.matches("[0-9a-f]{64}"), "be a SHA-256 of 64 hexadecimal digits");
        return digest;
    }

    private static String optionalText(JsonPlace place) {
        if (place.isNull()) {
            return null;
        }
        place.require(place.text().length() <= LONGEST_TEXT, "have at most " + LONGEST_TEXT + " characters");
        return place.text();
    }

    private static Profile body(JsonPlace place, Profile.Head head, SampledRows rows, Map<String, Profile> segments) {
        JsonPlace read = place.get("recordsRead");
        read.require(head.recordsRead() >= head.records(), "be at least the records");
        ColumnReader reader = new ColumnReader(head.capacity(), head.records());
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (Map.Entry<String, JsonPlace> column : place.get("columns").members(2 * OpenColumns.MOST)) {
            ColumnProfile profile = reader.read(column.getValue());
            column.getValue().require(profile.kind().named(column.getKey()), "be called as columns of its kind are");
            columns.put(column.getKey(), profile);
        }
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (Map.Entry<String, JsonPlace> field : place.get("leftOut").members(2 * OpenColumns.MOST)) {
            leftOut.put(field.getKey(), field.getValue().text());
        }
        return new Profile(head, columns, leftOut, rows, segments);
    }

    private static Map<String, Profile> segments(JsonPlace place, Profile.Head whole) {
        Map<String, Profile> segments = new LinkedHashMap<>();
        List<Map.Entry<String, JsonPlace>> parts = place.get("profiles").members(ProfileOptions.MOST_SEGMENTS);
        place.require(parts.isEmpty() == (whole.segmentField() == null), "have profiles just if there is a field");
        long records = 0;
        for (Map.Entry<String, JsonPlace> part : parts) {
            // The name of a segment is a value
            JsonPlace at = part.getValue().at("segments.profiles[" + segments.size() + "]");
            at.object("records", "recordsRead", "columns", "leftOut");
            Profile.Head head = new Profile.Head(
                    whole.created(),
                    whole.schemaDigest(),
                    whole.capacity(),
                    at.get("records").count(),
                    at.get("recordsRead").count(),
                    null);
            segments.put(part.getKey(), body(at, head, new SampledRows(0), Map.of()));
            records += head.records();
        }
        place.require(records <= whole.records(), "not have more records than the whole");
        return segments;
    }

    private static SampledRows rows(JsonPlace place, Profile profile) {
        place.object("limit", "drawn");
        SampledRows rows = new SampledRows(place.get("limit").count(0, ProfileOptions.MOST_ROWS));
        JsonPlace drawn = place.get("drawn");
        for (JsonPlace row : drawn.items(rows.limit())) {
            List<JsonPlace> values = row.items(1 + profile.columns().size());
            row.require(values.size() == 1 + profile.columns().size(), "have a number and a value for each column");
            long number = hash(values.get(0));
            rows.add(new SampledRows.Drawn(number, row(values, profile)));
        }
        boolean fits = rows.drawn().size() == Math.min(rows.limit(), profile.records());
        drawn.require(fits, "be as many rows as the limit and the records give");
        return rows;
    }

    private static Map<String, Object> row(List<JsonPlace> values, Profile profile) {
        Map<String, Object> row = new HashMap<>();
        int at = 1;
        for (String column : profile.columns()) {
            JsonPlace value = values.get(at++);
            boolean numeric = profile.column(column).kind().numeric();
            row.put(column, value.isNull() ? null : numeric ? (Object) value.number() : optionalText(value));
        }
        return row;
    }

    static long hash(JsonPlace place) {
        place.require(place.text().matches("[0-9a-f]{1,16}"), "be 1 to 16 hexadecimal digits");
        return Long.parseUnsignedLong(place.text(), 16);
    }
}
