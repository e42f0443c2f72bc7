package io.github.camelaiflow.drift.profile;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Two profiles as one. */
final class ProfileMerge {

    private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new TreeMap<>();

    private final int capacity;

    private ProfileMerge(int capacity) {
        this.capacity = capacity;
    }

    static Profile of(Profile one, Profile other) {
        check(one, other);
        ProfileMerge merge = new ProfileMerge(Math.min(one.capacity(), other.capacity()));
        one.leftOut().forEach(merge::leaveOut);
        other.leftOut().forEach(merge::leaveOut);
        one.columnProfiles().forEach(merge::add);
        other.columnProfiles().forEach(merge::add);
        merge.columns.keySet().removeAll(merge.leftOut.keySet());
        Map<String, Profile> segments = new LinkedHashMap<>();
        one.segments()
                .forEach((value, part) ->
                        segments.put(value, of(part, other.segments().get(value))));
        SampledRows rows = rows(one, other);
        return new Profile(
                head(one.head(), other.head()),
                one.head().schemaDigest() == null ? new TreeMap<>(merge.columns) : merge.columns,
                merge.leftOut,
                rows.map(merge::row),
                segments);
    }

    private static void check(Profile one, Profile other) {
        if (!Objects.equals(one.head().schemaDigest(), other.head().schemaDigest())) {
            throw new ReferenceException("profiles to be merged must be of the same declared fields");
        }
        boolean segments = one.segmentField().equals(other.segmentField())
                && one.segments().keySet().equals(other.segments().keySet());
        if (!segments) {
            throw new ReferenceException("profiles to be merged must have the same segments");
        }
        if (one.records() != one.recordsRead() || other.records() != other.recordsRead()) {
            throw new ReferenceException("profiles to be merged must be of all their records, not of a sample");
        }
    }

    private static Profile.Head head(Profile.Head one, Profile.Head other) {
        Instant created = one.created();
        if (created == null || other.created() != null && other.created().isAfter(created)) {
            created = other.created();
        }
        long records = one.records() + other.records();
        int capacity = Math.min(one.capacity(), other.capacity());
        return new Profile.Head(created, one.schemaDigest(), capacity, records, records, one.segmentField());
    }

    /** One without records has nothing to say of how many rows are kept. */
    private static SampledRows rows(Profile one, Profile other) {
        if (one.records() == 0) {
            return other.sample();
        }
        return other.records() == 0 ? one.sample() : one.sample().with(other.sample());
    }

    /** The first by the alphabet of two reasons, so that the order of merging makes no difference. */
    private void leaveOut(String name, String reason) {
        leftOut.merge(name, reason, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    private void add(String name, ColumnProfile column) {
        ColumnProfile known = columns.get(name);
        if (known == null) {
            columns.put(name, column.copy(capacity));
        } else if (known.kind() == column.kind()) {
            known.merge(column);
        } else if (nothing(known)) {
            columns.put(name, withOthers(column, known));
        } else if (nothing(column)) {
            columns.put(name, withOthers(known, column));
        } else {
            leaveOut(name, OpenColumn.MIXED);
        }
    }

    /** Whether it was taken for what it is for want of anything else: then it says nothing of the field's kind. */
    private static boolean nothing(ColumnProfile column) {
        return column.values() == 0 && (!column.kind().numeric() || column.others() == 0);
    }

    /** A column, and another one of which nothing could be compared, so that it was taken for one of another kind. */
    private ColumnProfile withOthers(ColumnProfile column, ColumnProfile without) {
        ColumnProfile both = column.copy(capacity);
        both.addOthersOf(without);
        return both;
    }

    private Map<String, Object> row(Map<String, Object> row) {
        Map<String, Object> merged = new LinkedHashMap<>();
        columns.keySet().forEach(name -> merged.put(name, row.get(name)));
        return merged;
    }
}
