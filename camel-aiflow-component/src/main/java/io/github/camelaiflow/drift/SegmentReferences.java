package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What each segment is compared with, besides the reference of all records. A segment whose reference has no record is not compared
 * with anything: nothing is known of it. Immutable and thread-safe.
 */
public final class SegmentReferences {

    private final Reference whole;
    private final Segments segments;
    private final Map<String, Reference> bySegment;

    private SegmentReferences(Reference whole, Segments segments, Map<String, Reference> bySegment) {
        this.whole = whole;
        this.segments = segments;
        this.bySegment = Map.copyOf(bySegment);
    }

    /** All records are compared with one reference. */
    public static SegmentReferences of(Reference reference) {
        return new SegmentReferences(Objects.requireNonNull(reference, "reference"), Segments.NONE, Map.of());
    }

    /**
     * Segments with a reference each, however they were made.
     *
     * @param whole of all records; says which fields are there
     * @param bySegment references by the segments' names; may lack some
     * @throws ReferenceException if a name is not one of the segments'
     */
    public static SegmentReferences of(Reference whole, Segments segments, Map<String, Reference> bySegment) {
        for (String name : bySegment.keySet()) {
            if (!segments.values().contains(name) && !Segments.OTHER.equals(name)) {
                throw new ReferenceException("a reference by segment must be of a declared one, " + segments);
            }
        }
        return new SegmentReferences(whole, segments, bySegment);
    }

    /** As {@link Reference#of(Schema, List)}; each segment is compared with the rows that are in it. */
    public static SegmentReferences of(Schema schema, List<Map<String, Object>> rows, Segments segments) {
        Reference.RowSample sample = new Reference.RowSample(Reference.DEFAULT_ROWS, 0);
        rows.forEach(sample::add);
        Reference whole = ReferenceBuilder.build("the reference", schema, sample.rows(), sample.seen());
        return split(whole, sample.rows(), segments);
    }

    /** As {@link Reference#read(String, InputStream, Schema, int, long)}; each segment is compared with the rows that are in it. */
    public static SegmentReferences read(
            String name, InputStream in, Schema schema, int maxRows, long seed, Segments segments) {
        Reference.RowSample sample = new Reference.RowSample(maxRows, seed);
        Reference whole = new ReferenceReader(name, schema, sample).read(in);
        return split(whole, sample.rows(), segments);
    }

    private static SegmentReferences split(Reference whole, List<Map<String, Object>> rows, Segments segments) {
        if (segments.field() == null) {
            return of(whole);
        }
        if (rows.stream().allMatch(row -> FieldValue.of(row, segments.field()) == null)) {
            throw new ReferenceException("the reference must have the segments' field " + segments.field());
        }
        Map<String, List<Map<String, Object>>> parts = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            parts.computeIfAbsent(segments.name(segments.of(row)), name -> new ArrayList<>())
                    .add(row);
        }
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        whole.fields().forEach(field -> kinds.put(field, whole.kind(field)));
        Map<String, Reference> bySegment = new LinkedHashMap<>();
        parts.forEach((name, part) -> bySegment.put(
                name,
                new Reference(kinds, Window.of(kinds, part).samples(), whole.leftOut(), part.size(), part.size())));
        return new SegmentReferences(whole, segments, bySegment);
    }

    /** The reference of all records. */
    public Reference whole() {
        return whole;
    }

    /** The segments these are the references of. */
    public Segments segments() {
        return segments;
    }

    /** A segment's reference, by the segment's number; empty if it has none. */
    Optional<Reference> segment(int segment) {
        return segments.field() == null
                ? Optional.of(whole)
                : Optional.ofNullable(bySegment.get(segments.name(segment)));
    }
}
