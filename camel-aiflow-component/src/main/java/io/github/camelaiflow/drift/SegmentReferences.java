package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.io.InputStream;
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

    /**
     * Segments with the references that the whole one has of them; it has none of {@value Segments#OTHER}.
     *
     * @throws ReferenceException if it has none of any segment
     */
    public static SegmentReferences of(Reference whole, Segments segments) {
        if (segments.field() == null) {
            return of(whole);
        }
        Map<String, Reference> bySegment = new LinkedHashMap<>();
        for (String value : segments.values()) {
            Reference reference = whole.segment(value);
            if (reference != null) {
                bySegment.put(value, reference);
            }
        }
        if (bySegment.isEmpty()) {
            throw new ReferenceException(
                    "the reference must have records of a declared segment by field " + segments.field());
        }
        return new SegmentReferences(whole, segments, bySegment);
    }

    /** As {@link Reference#of(Schema, List)}; each segment is compared with the rows that are in it. */
    public static SegmentReferences of(Schema schema, List<Map<String, Object>> rows, Segments segments) {
        ProfileOptions options = options(ProfileOptions.DEFAULT, segments).withCapacity(Reference.DEFAULT_ROWS);
        return of(Reference.of(Profile.of(schema, rows, options, Reference.DEFAULT_ROWS)), segments);
    }

    /** As {@link Reference#read(String, InputStream, Schema, int, long)}; each segment is compared with the rows that are in it. */
    public static SegmentReferences read(
            String name, InputStream in, Schema schema, int maxRows, long seed, Segments segments) {
        ProfileOptions options = options(ProfileOptions.DEFAULT.withSeed(seed), segments);
        return of(Reference.read(name, in, schema, maxRows, options), segments);
    }

    private static ProfileOptions options(ProfileOptions options, Segments segments) {
        return segments.field() == null ? options : options.withSegments(segments.field(), segments.values());
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
