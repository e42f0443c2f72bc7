package io.github.camelaiflow.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/**
 * Turns a body into {@link Records}. Taken: Map, JSON (String, byte[], JsonNode), Avro records, beans and Java records,
 * and an Iterable or array of any of these (a batch; one level). A JSON text has limits, which hold before anything of such a size is
 * built: 64 MiB, {@value #MOST_RECORDS} records, 200 levels, texts of 2^20 characters, numbers of 1000 digits. Stateless, thread-safe.
 */
public final class RecordReader {

    /** Records that one JSON text may hold. */
    static final int MOST_RECORDS = 100_000;

    private static final int MOST_DEPTH = 200;
    private static final int MOST_DIGITS = 1_000;
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_NAME_CHARACTERS = 1_024;
    private static final int MOST_JSON_BYTES = 64 << 20;

    /** Checked while JSON is read, before anything of that size is built. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MOST_DEPTH)
            .maxNumberLength(MOST_DIGITS)
            .maxStringLength(MOST_CHARACTERS)
            .maxNameLength(MOST_NAME_CHARACTERS)
            .maxDocumentLength(MOST_JSON_BYTES)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    // names come from senders: they are not kept for the life of the process
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String TAKEN =
            "a Map, JSON (String, byte[], stream, JsonNode), an Avro record, a bean, or a list of these";

    private static final int SINGLE = -1;

    private RecordReader() {}

    /**
     * Reads a body.
     *
     * @param body what a message carries; streams must have been read to bytes before
     * @return the records; rows and originals share the body's objects
     * @throws DataException {@link Reason#UNSUPPORTED_BODY} for {@code null} or a body of another kind,
     *     {@link Reason#UNDECODABLE} for malformed JSON; what is wrong with single records of a batch is told in
     *     {@link Records#unreadable()}
     */
    public static Records read(Object body) {
        if (body instanceof String || body instanceof byte[]) {
            return parsed(parse(body, ""));
        }
        if (body instanceof JsonNode tree && tree.isArray()) {
            List<JsonNode> items = new ArrayList<>(tree.size());
            tree.forEach(items::add);
            return batch(items);
        }
        if (body instanceof Iterable<?> items && !(body instanceof JsonNode)) {
            return batch(items);
        }
        if (body instanceof Object[] items) {
            return batch(Arrays.asList(items));
        }
        return new Records(List.of(row(body, SINGLE)), List.of(body), false);
    }

    private static Records parsed(Object json) {
        return json instanceof List<?> items
                ? batch(items)
                : new Records(List.of(row(json, SINGLE)), List.of(json), false);
    }

    private static Records batch(Iterable<?> items) {
        int size = items instanceof Collection<?> known ? known.size() : 0;
        List<Map<String, Object>> rows = new ArrayList<>(size);
        List<Object> originals = new ArrayList<>(size);
        Map<Integer, DataException> unreadable = new TreeMap<>();
        for (Object item : items) {
            try {
                boolean text = item instanceof String || item instanceof byte[];
                rows.add(row(text ? parse(item, place(rows.size()) + ": ") : item, rows.size()));
            } catch (DataException e) {
                unreadable.put(rows.size(), e);
                rows.add(Map.of());
            }
            originals.add(item);
        }
        return new Records(rows, originals, true, unreadable);
    }

    private static String place(int index) {
        return index == SINGLE ? "body" : "record " + index;
    }

    /** @param index in the batch, or {@link #SINGLE} */
    private static Map<String, Object> row(Object record, int index) {
        if (record instanceof Map<?, ?> map) {
            return fromMap(map, index);
        }
        if (record instanceof ObjectNode tree) {
            return fromTree(tree);
        }
        if (record instanceof IndexedRecord avro) {
            return new AvroRow(avro);
        }
        BeanProperties properties = record == null ? null : BeanProperties.of(record.getClass());
        if (properties == null) {
            String was = record == null ? "null" : "a " + record.getClass().getName();
            throw new DataException(
                    Reason.UNSUPPORTED_BODY, List.of(), place(index) + " must be " + TAKEN + ", was " + was);
        }
        return properties.row(record);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fromMap(Map<?, ?> map, int index) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                throw new DataException(
                        Reason.UNSUPPORTED_BODY, List.of(), place(index) + " must have field names as keys");
            }
        }
        return (Map<String, Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fromTree(ObjectNode tree) {
        return JSON.convertValue(tree, Map.class);
    }

    private static Object parse(Object json, String place) {
        try (JsonParser parser =
                json instanceof byte[] bytes ? JSON.createParser(bytes) : JSON.createParser((String) json)) {
            Object value = parser.nextToken() == JsonToken.START_ARRAY && place.isEmpty()
                    ? list(parser)
                    : JSON.readValue(parser, Object.class);
            if (parser.nextToken() != null) {
                throw new DataException(
                        Reason.UNDECODABLE, List.of(), place + "must be one JSON text and nothing after it");
            }
            if (value instanceof Map || value instanceof List && place.isEmpty()) {
                return value;
            }
            throw new DataException(Reason.UNDECODABLE, List.of(), place + "JSON must hold an object");
        } catch (JsonProcessingException e) {
            // Jackson's message quotes the text: only its place may be told.
            String where = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new DataException(Reason.UNDECODABLE, List.of(), place + "must be well-formed JSON" + where);
        } catch (IOException | IllegalStateException e) {
            // too many names of one hash are an illegal state to Jackson
            throw new DataException(Reason.UNDECODABLE, List.of(), place + "cannot be read as JSON");
        }
    }

    /** One by one, so that a text of very many is given up early. */
    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MOST_RECORDS) {
                throw new DataException(
                        Reason.UNDECODABLE, List.of(), "a JSON list must hold " + MOST_RECORDS + " records or fewer");
            }
            items.add(JSON.readValue(parser, Object.class));
        }
        return items;
    }
}
