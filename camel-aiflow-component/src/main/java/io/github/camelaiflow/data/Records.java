package io.github.camelaiflow.data;

import java.util.List;
import java.util.Map;

/**
 * The records of one exchange, in order. A row maps field names to values: {@code null} (missing), Boolean, Number,
 * String, a {@code java.time} value, byte[], or List and Map of these. Rows are views: features must not change them.
 *
 * @param rows the records as the features see them
 * @param originals the same records as they came (the map, tree, Avro record or bean), index by index
 * @param batch whether the body was a list; a single record has one row and is no batch
 * @param unreadable what is wrong with the records of a batch that could not be read, by index; their rows are empty
 */
public record Records(
        List<Map<String, Object>> rows, List<?> originals, boolean batch, Map<Integer, DataException> unreadable) {

    /** @throws IllegalArgumentException if the lists differ in length, or a single record hasn't exactly one row */
    public Records {
        if (rows.size() != originals.size()) {
            throw new IllegalArgumentException(
                    "rows and originals must have one length, were " + rows.size() + " and " + originals.size());
        }
        if (!batch && rows.size() != 1) {
            throw new IllegalArgumentException("a single record has one row, was " + rows.size());
        }
    }

    /** Records all of which could be read. */
    public Records(List<Map<String, Object>> rows, List<?> originals, boolean batch) {
        this(rows, originals, batch, Map.of());
    }

    /** A single record that came as a map. */
    public static Records single(Map<String, Object> row) {
        return new Records(List.of(row), List.of(row), false);
    }

    /** A batch of records that came as maps; may be empty. */
    public static Records batch(List<Map<String, Object>> rows) {
        return new Records(rows, rows, true);
    }

    /** How many records. */
    public int size() {
        return rows.size();
    }
}
