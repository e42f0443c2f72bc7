package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Makes a profile of records as they come by. With declared fields these are taken but for the key, of free text its length and
 * shape; else all but the key, numbers where only numbers come, categories where none comes. Besides, what the model answered, if
 * it is given or stands in the row as {@link Profile#LABEL} and {@link Profile#SCORE}. A record is never a reason to throw: what cannot
 * be read is counted. Not thread-safe.
 */
public final class ProfileCollector {

    private final Schema schema;
    private final ProfileOptions options;
    private final Columns columns;
    private final SampledRows sample;
    private final UniformRandomProvider random;
    private final Map<String, ProfileCollector> segments = new LinkedHashMap<>();
    private long records;

    /**
     * @param schema what is known of the records
     * @param options what is kept
     */
    public ProfileCollector(Schema schema, ProfileOptions options) {
        this(schema, options, Columns.of(schema, options.capacity()));
        options.segments().forEach(value -> segments.put(value, new ProfileCollector(schema, options.ofASegment())));
    }

    /** Of columns that were found out otherwise. */
    ProfileCollector(Schema schema, ProfileOptions options, Map<String, FieldKind> kinds) {
        this(schema, options, new DeclaredColumns(kinds, options.capacity()));
        options.segments()
                .forEach(value -> segments.put(value, new ProfileCollector(schema, options.ofASegment(), kinds)));
    }

    private ProfileCollector(Schema schema, ProfileOptions options, Columns columns) {
        this.schema = schema;
        this.options = options;
        this.columns = columns;
        this.sample = new SampledRows(options.referenceSample());
        this.random = SeededRandom.stream(options.seed());
    }

    /** Takes a record. {@code null} is one of which all is missing. */
    public void add(Map<String, Object> row) {
        add(row, null, null);
    }

    /**
     * Takes a record and what the model answered.
     *
     * @param label {@code null} if there is none or it stands in the row
     * @param score likewise
     */
    public void add(Map<String, Object> row, String label, Double score) {
        records++;
        Object givenLabel = label == null ? FieldValue.of(row, Profile.LABEL) : label;
        Object givenScore = score == null ? FieldValue.of(row, Profile.SCORE) : score;
        columns.add(row, givenLabel, givenScore);
        if (options.referenceSample() > 0) {
            long number = random.nextLong();
            if (sample.takes(number)) {
                sample.add(new SampledRows.Drawn(number, columns.kept(row, givenLabel, givenScore)));
            }
        }
        if (!segments.isEmpty()) {
            Object segment = FieldKind.CATEGORY.comparable(FieldValue.of(row, options.segmentField()));
            ProfileCollector part = segment == null ? null : segments.get(segment);
            if (part != null) {
                part.add(row, label, score);
            }
        }
    }

    /** Takes records in order. */
    public void addAll(List<Map<String, Object>> rows) {
        rows.forEach(this::add);
    }

    /** How many records came. */
    public long records() {
        return records;
    }

    /**
     * The profile of the records that came so far; a picture that does not change any more.
     *
     * @param created when it was made; {@code null} if that is not to be told
     */
    public Profile profile(Instant created) {
        return profile(created, records, Map.of());
    }

    /**
     * @param recordsRead how many records these were drawn from
     * @param leftOut fields that were left out before, and why
     */
    Profile profile(Instant created, long recordsRead, Map<String, String> leftOut) {
        Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
        Map<String, String> without = new LinkedHashMap<>(leftOut);
        columns.resolve(profiles, without);
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        profiles.forEach((name, column) -> kinds.put(name, column.kind()));
        Map<String, Profile> parts = new LinkedHashMap<>();
        segments.forEach((value, part) -> parts.put(value, part.profile(created)));
        Profile.Head head = new Profile.Head(
                created, Profile.digest(schema), options.capacity(), records, recordsRead, options.segmentField());
        return new Profile(head, profiles, without, sample.map(row -> columns.comparable(row, kinds)), parts);
    }
}
