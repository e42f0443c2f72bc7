package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.drift.profile.ProfileSamples;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What windows are compared with: a {@link Profile} of the records when all was well, as samples for the tests. Of a file that is
 * larger than what is kept a uniform, seeded sample is taken; tests against it stay exactly valid, since they use its real size.
 * Immutable and thread-safe.
 */
public final class Reference {

    /** How many records of a file are kept unless said otherwise. */
    public static final int DEFAULT_ROWS = Profile.DEFAULT_ROWS;

    private final Profile profile;
    private final ProfileSamples samples;
    private final Map<String, Reference> segments = new LinkedHashMap<>();

    private Reference(Profile profile) {
        this.profile = profile;
        this.samples = ProfileSamples.of(profile);
        profile.segments().forEach((value, part) -> {
            if (part.records() > 0) {
                segments.put(value, new Reference(part));
            }
        });
    }

    /**
     * A reference of a profile: all its columns, but of those that nobody declared the ones that are more like identifiers.
     *
     * @throws ReferenceException if it is of no record or has no column that can be compared
     */
    public static Reference of(Profile profile) {
        Reference reference = new Reference(profile);
        if (profile.records() == 0) {
            throw new ReferenceException("the reference must have at least one record");
        }
        if (reference.fields().isEmpty()) {
            throw new ReferenceException(
                    "the reference must have at least one field that can be compared, left out were "
                            + reference.leftOut());
        }
        return reference;
    }

    /**
     * A reference of rows as they come by in a route. With declared fields these are taken, but for the key, and of free text length
     * and shape; else all but the key: numbers where all values are numbers, else categories. What cannot be compared is
     * {@linkplain #leftOut left out}. At most {@link #DEFAULT_ROWS} rows are kept.
     *
     * @param schema what is known of the records
     * @param rows at least one
     * @throws ReferenceException if there is no row or no field that can be compared
     */
    public static Reference of(Schema schema, List<Map<String, Object>> rows) {
        return of(Profile.of(schema, rows, ProfileOptions.DEFAULT.withCapacity(DEFAULT_ROWS), DEFAULT_ROWS));
    }

    /** As {@link #read(String, InputStream, Schema, int, long)} with {@link #DEFAULT_ROWS} rows and seed 0. */
    public static Reference read(String name, InputStream in, Schema schema) {
        return read(name, in, schema, DEFAULT_ROWS, 0);
    }

    /**
     * Reads a reference: CSV with a header row if the name ends in {@code .csv}, JSON lines (or an array of objects) if it ends in
     * {@code .jsonl}, {@code .ndjson} or {@code .json}, a stored profile if it ends in {@code .json}; UTF-8. See {@link Profile#read}.
     *
     * @param name of the resource, for its format and for messages
     * @param in read to the end, not closed
     * @param schema what is known of the records; its fields, if any, are the ones taken
     * @param maxRows how many rows are kept at most, drawn uniformly; memory is in proportion
     * @param seed of the draw
     * @throws ReferenceException if the format is unknown, a line is wrong, or there is no row or no field that can be compared
     */
    public static Reference read(String name, InputStream in, Schema schema, int maxRows, long seed) {
        return read(name, in, schema, maxRows, ProfileOptions.DEFAULT.withSeed(seed));
    }

    /** As {@link #read(String, InputStream, Schema, int, long)}, keeping raw records or segments besides; all values are kept. */
    public static Reference read(String name, InputStream in, Schema schema, int maxRows, ProfileOptions options) {
        int capacity = Math.min(ProfileOptions.MOST_CAPACITY, Math.max(options.capacity(), maxRows));
        return of(Profile.read(name, in, schema, options.withCapacity(capacity), maxRows, null));
    }

    /** What it is made of. */
    public Profile profile() {
        return profile;
    }

    /** How many records it compares with. */
    public int rows() {
        return (int) Math.min(profile.records(), Integer.MAX_VALUE);
    }

    /** How many records its source had. */
    public long rowsRead() {
        return profile.recordsRead();
    }

    /** Names of the columns that can be compared, in order. */
    public List<String> fields() {
        return samples.columns();
    }

    /** Names of the fields that cannot, and why. */
    public Map<String, String> leftOut() {
        return samples.leftOut();
    }

    /** The raw records that were kept for tests that need whole rows; see {@link Profile#rows}. */
    public List<Map<String, Object>> sampledRows() {
        return profile.rows();
    }

    /** The reference of a segment; {@code null} if there is none for that value. */
    public Reference segment(String value) {
        return segments.get(value);
    }

    FieldKind kind(String field) {
        return samples.kind(field);
    }

    FieldSample sample(String field) {
        return samples.sample(field);
    }
}
