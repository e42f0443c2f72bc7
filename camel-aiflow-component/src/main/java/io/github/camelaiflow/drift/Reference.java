package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.statistics.Reservoir;
import io.github.camelaiflow.statistics.SeededRandom;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a flow's records looked like when all was well: per field a sample of numbers, or how often each category occurred, and what
 * was missing. Of a larger source a uniform, seeded sample is kept; tests against it stay exactly valid, since they use its real
 * size. Immutable and thread-safe.
 */
public final class Reference {

    /** How many records are kept unless said otherwise. */
    public static final int DEFAULT_ROWS = 20_000;

    private final Map<String, FieldKind> kinds;
    private final Map<String, FieldSample> samples;
    private final Map<String, String> leftOut;
    private final int rows;
    private final long rowsRead;

    Reference(
            Map<String, FieldKind> kinds,
            List<FieldSample> samples,
            Map<String, String> leftOut,
            int rows,
            long rowsRead) {
        this.kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        Map<String, FieldSample> byName = new LinkedHashMap<>();
        for (String name : kinds.keySet()) {
            byName.put(name, samples.get(byName.size()));
        }
        this.samples = byName;
        this.leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        this.rows = rows;
        this.rowsRead = rowsRead;
    }

    /**
     * A reference of rows as they come by in a route. With declared fields these are taken, but for the key and free text; else all
     * but the key: numbers where all values are numbers, else categories. What cannot be compared is {@linkplain #leftOut left out}.
     * At most {@link #DEFAULT_ROWS} rows are kept.
     *
     * @param schema what is known of the records
     * @param rows at least one
     * @throws ReferenceException if there is no row or no field that can be compared
     */
    public static Reference of(Schema schema, List<Map<String, Object>> rows) {
        RowSample sample = new RowSample(DEFAULT_ROWS, 0);
        rows.forEach(sample::add);
        return ReferenceBuilder.build("the reference", schema, sample.rows(), sample.seen());
    }

    /** As {@link #read(String, InputStream, Schema, int, long)} with {@link #DEFAULT_ROWS} rows and seed 0. */
    public static Reference read(String name, InputStream in, Schema schema) {
        return read(name, in, schema, DEFAULT_ROWS, 0);
    }

    /**
     * Reads a reference: CSV with a header row if the name ends in {@code .csv}, JSON lines (or an array of objects) if it ends in
     * {@code .jsonl}, {@code .ndjson} or {@code .json}; UTF-8. Without declared fields a CSV column is numeric if all its values are
     * numbers. An empty CSV cell is a missing value; a value of a declared number or boolean must be one.
     *
     * @param name of the resource, for its format and for messages
     * @param in read to the end, not closed
     * @param schema what is known of the records; its fields, if any, are the ones taken
     * @param maxRows how many rows are kept at most, drawn uniformly; memory is in proportion
     * @param seed of the draw
     * @throws ReferenceException if the format is unknown, a line is wrong, or there is no row or no field that can be compared
     */
    public static Reference read(String name, InputStream in, Schema schema, int maxRows, long seed) {
        return new ReferenceReader(name, schema, new RowSample(maxRows, seed)).read(in);
    }

    /** How many records it compares with. */
    public int rows() {
        return rows;
    }

    /** How many records its source had. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Names of the fields that can be compared, in order. */
    public List<String> fields() {
        return List.copyOf(kinds.keySet());
    }

    /** Names of the fields that cannot, and why. */
    public Map<String, String> leftOut() {
        return leftOut;
    }

    FieldKind kind(String field) {
        return kinds.get(field);
    }

    FieldSample sample(String field) {
        return samples.get(field);
    }

    /** A uniform sample of rows. */
    static final class RowSample {

        private final List<Map<String, Object>> rows = new ArrayList<>();
        private final Reservoir reservoir;

        RowSample(int capacity, long seed) {
            reservoir = new Reservoir(capacity, SeededRandom.stream(seed));
        }

        void add(Map<String, Object> row) {
            int place = reservoir.next();
            if (place == rows.size()) {
                rows.add(row);
            } else if (place != Reservoir.SKIP) {
                rows.set(place, row);
            }
        }

        List<Map<String, Object>> rows() {
            return rows;
        }

        long seen() {
            return reservoir.seen();
        }
    }
}
