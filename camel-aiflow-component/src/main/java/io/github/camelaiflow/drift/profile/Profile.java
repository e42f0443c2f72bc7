package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.Sha256;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a flow's records looked like: a {@link ColumnProfile} for each column, in sketches of bounded size. Profiles of one flow from
 * several nodes can be {@linkplain #merge merged}: counts, moments and categories are then the same as if one node had seen all
 * records, quantiles lie within the error they state. Can be {@linkplain #toJson() stored}, {@linkplain #read read},
 * {@linkplain #describe looked at} and {@linkplain #diff compared by people}. Immutable and thread-safe.
 */
public final class Profile {

    /** The column of the labels a model gave. */
    public static final String LABEL = "prediction.label";

    /** The column of the scores a model gave. */
    public static final String SCORE = "prediction.score";

    /** How many records of a file are kept unless said otherwise. */
    public static final int DEFAULT_ROWS = 20_000;

    private final Head head;
    private final Map<String, ColumnProfile> columns;
    private final Map<String, String> leftOut;
    private final SampledRows sample;
    private final Map<String, Profile> segments;

    /**
     * @param created {@code null} if it is not told
     * @param schemaDigest {@code null} if no fields were declared
     * @param segmentField {@code null} if there are no segments
     */
    record Head(
            Instant created, String schemaDigest, int capacity, long records, long recordsRead, String segmentField) {}

    Profile(
            Head head,
            Map<String, ColumnProfile> columns,
            Map<String, String> leftOut,
            SampledRows sample,
            Map<String, Profile> segments) {
        this.head = head;
        this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        this.leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        this.sample = sample;
        this.segments = Collections.unmodifiableMap(new LinkedHashMap<>(segments));
    }

    /**
     * Reads a profile, or makes one of a file's records: CSV with a header row if the name ends in {@code .csv}; JSON lines or an array
     * of objects if it ends in {@code .jsonl}, {@code .ndjson} or {@code .json}; a stored profile if it ends in {@code .json} and holds
     * an object with {@code format}. UTF-8. Without declared fields a column is numeric if all its values are numbers. An empty CSV
     * cell is a missing value; a value of a declared number or boolean must be one.
     *
     * @param name of the resource, for its format and for messages
     * @param in read to the end, not closed
     * @param schema what is known of the records; its fields, if any, are the ones taken
     * @param options what is kept of records; a stored profile is what it is
     * @param maxRows of how many records, drawn uniformly, the profile is made at most; memory is in proportion
     * @param created when; {@code null} if it is not to be told; a stored profile tells its own time
     * @throws ReferenceException if the format is unknown, a line or place is wrong, there is no record or no field that can be compared,
     *     or the profile was made for other fields
     */
    public static Profile read(
            String name, InputStream in, Schema schema, ProfileOptions options, int maxRows, Instant created) {
        return new RecordFile(name, schema, new RowSample(maxRows, options.seed())).read(in, options, created);
    }

    /**
     * The profile that {@link #toJson} wrote.
     *
     * @param name of where it was kept, for messages
     * @throws ReferenceException if it is no profile
     */
    public static Profile parse(String name, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new StoredProfile(name, bytes, InputStream.nullInputStream(), true).parse();
    }

    /**
     * A profile of rows as they come by in a route; see {@link #read}.
     *
     * @param rows at least one
     * @throws ReferenceException if there is no row or no field that can be compared
     */
    public static Profile of(Schema schema, List<Map<String, Object>> rows, ProfileOptions options, int maxRows) {
        RowSample sample = new RowSample(maxRows, options.seed());
        rows.forEach(sample::add);
        return FileProfile.build("the reference", schema, sample, options, null);
    }

    /** When it was made, if that was told; of merged ones the last. */
    public Optional<Instant> created() {
        return Optional.ofNullable(head.created());
    }

    /** The digest of the names and types of the declared fields it was made with, if there were any. */
    public Optional<String> schemaDigest() {
        return Optional.ofNullable(head.schemaDigest());
    }

    /** How many values it keeps of a numeric column. */
    public int capacity() {
        return head.capacity();
    }

    /** How many records it is made of. */
    public long records() {
        return head.records();
    }

    /** How many records there were: more than {@link #records} if only a sample was taken. */
    public long recordsRead() {
        return head.recordsRead();
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** A column; {@code null} if there is none of that name. */
    public ColumnProfile column(String name) {
        return columns.get(name);
    }

    /**
     * What the values of a column were, over all records.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public Presence presence(String name) {
        ColumnProfile column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the profile has no column " + name);
        }
        return column.presence(records());
    }

    /** The names of the fields that are left out, and why. */
    public Map<String, String> leftOut() {
        return leftOut;
    }

    /**
     * The raw records that were kept, in random order: by column a Double, a category's text, or {@code null}. Empty unless
     * {@link ProfileOptions#referenceSample} asked for some.
     */
    public List<Map<String, Object>> rows() {
        return sample.drawn().stream()
                .map(drawn -> Collections.unmodifiableMap(drawn.row()))
                .toList();
    }

    /** The field whose values have a profile each, if there is one. */
    public Optional<String> segmentField() {
        return Optional.ofNullable(head.segmentField());
    }

    /** The profiles of that field's values. */
    public Map<String, Profile> segments() {
        return segments;
    }

    /**
     * This one's records and another one's, as if they had come to one. Errors of quantiles add up.
     *
     * @throws ReferenceException if they were made for different fields or segments, or of a sample of their records
     */
    public Profile merge(Profile other) {
        return ProfileMerge.of(this, other);
    }

    /** As a document: small, versioned, in lines that can be compared; {@link #read} gives the same profile again. Holds values. */
    public String toJson() {
        return new ProfileWriter().write(this);
    }

    /** For people: what is known of each column. Holds values. */
    public String describe() {
        return ProfileText.describe(this);
    }

    /** For people: what is different in another one, a line or two for each column that changed; empty if nothing is. Holds values. */
    public String diff(Profile other) {
        return ProfileText.diff(this, other);
    }

    /** How much it holds, without any value. */
    @Override
    public String toString() {
        return "Profile of " + records() + " records, " + columns.size() + " columns";
    }

    Head head() {
        return head;
    }

    Map<String, ColumnProfile> columnProfiles() {
        return columns;
    }

    SampledRows sample() {
        return sample;
    }

    /** Of what makes profiles comparable: the names and types of fields, whatever their order. */
    static String digest(Schema schema) {
        if (schema.fields().isEmpty()) {
            return null;
        }
        String text = schema.fields().stream()
                .sorted(Comparator.comparing(Field::name))
                .map(field -> field.name() + "\u0000" + (field.name().equals(schema.key()) ? "key" : field.type()))
                .collect(Collectors.joining("\n"));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
