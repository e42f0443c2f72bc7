package io.github.camelaiflow.drift.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the records of a file into a profile. Parser messages quote the text they fail on, so they are never passed on. */
final class RecordFile {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final Schema schema;
    private final RowSample sample;
    private final Map<String, FieldKind> declared = new HashMap<>();
    private final boolean open;

    RecordFile(String name, Schema schema, RowSample sample) {
        this.name = name;
        this.schema = schema;
        this.sample = sample;
        this.open = schema.fields().isEmpty();
        for (Field field : schema.fields()) {
            declared.put(field.name(), FieldKind.of(field.type()).get(0));
        }
        declared.putIfAbsent(Profile.SCORE, FieldKind.NUMBER);
        declared.putIfAbsent(Profile.LABEL, FieldKind.CATEGORY);
    }

    Profile read(InputStream in, ProfileOptions options, Instant created) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            csv(in);
        } else if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            json(in);
        } else if (lower.endsWith(".json")) {
            StoredProfile stored = StoredProfile.peek(name, in);
            if (stored.found()) {
                return stored.read(schema);
            }
            json(stored.rewound());
        } else {
            throw new ReferenceException(
                    "a reference must be CSV (.csv), JSON lines (.jsonl, .ndjson, .json) or a stored "
                            + "profile (.json) by its name, was " + name);
        }
        return FileProfile.build(name, schema, sample, options, created);
    }

    private void csv(InputStream in) {
        String wrong = "CSV in UTF-8 with all quotes closed";
        try (MappingIterator<String[]> lines = CSV.readerFor(String[].class)
                .without(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                .readValues(in)) {
            String[] header = null;
            while (hasNext(lines, wrong)) {
                int line = lines.getCurrentLocation().getLineNr();
                String[] cells = next(lines, wrong);
                if (header == null) {
                    header = header(cells);
                } else {
                    sample.add(row(header, cells, line));
                }
            }
            if (header != null) {
                convertNumbers(header);
            }
        } catch (IOException e) {
            throw new ReferenceException(name + " cannot be read", e);
        }
    }

    private String[] header(String[] cells) {
        List<String> names = Arrays.stream(cells).map(String::strip).toList();
        if (names.contains("")) {
            throw new ReferenceException(name + ", line 1: every column must have a name");
        }
        if (!duplicates(names).isEmpty()) {
            throw new ReferenceException(
                    name + ", line 1: column names must be unique, twice stands " + duplicates(names));
        }
        return names.toArray(String[]::new);
    }

    private static Set<String> duplicates(List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        names.forEach(column -> {
            if (!seen.add(column)) {
                twice.add(column);
            }
        });
        return twice;
    }

    private Map<String, Object> row(String[] header, String[] cells, int line) {
        if (cells.length != header.length) {
            throw wrong(line, "must have " + header.length + " cells as the header has, had " + cells.length);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            if (taken(header[i])) {
                row.put(header[i], cells[i].isBlank() ? null : typed(header[i], cells[i], line));
            }
        }
        return row;
    }

    private Object typed(String field, String cell, int line) {
        FieldKind kind = declared.get(field);
        if (kind == FieldKind.NUMBER) {
            Double number = number(cell);
            if (number == null) {
                throw wrong(line, "field " + field + " must be a number");
            }
            return number;
        }
        if (kind == FieldKind.BOOLEAN) {
            String text = cell.strip().toLowerCase(Locale.ROOT);
            if (!text.equals("true") && !text.equals("false")) {
                throw wrong(line, "field " + field + " must be true or false");
            }
            return Boolean.valueOf(text);
        }
        return kind == FieldKind.LENGTH ? FieldValue.Traits.of(cell) : FieldValue.bounded(cell);
    }

    /** Without declared fields: columns of which every value is a number. */
    private void convertNumbers(String[] header) {
        if (!open) {
            return;
        }
        for (String field : header) {
            if (declared.containsKey(field)) {
                continue;
            }
            List<Map<String, Object>> rows = sample.rows();
            boolean numbers = rows.stream()
                    .map(row -> row.get(field))
                    .allMatch(cell -> cell == null || number((String) cell) != null);
            if (numbers) {
                rows.forEach(row -> row.computeIfPresent(field, (key, cell) -> number((String) cell)));
            }
        }
    }

    /** {@code null} if it is none. Java's suffixes (1d) and hexadecimals are no numbers elsewhere, so they are none here. */
    private static Double number(String cell) {
        String text = cell.strip();
        char last = text.charAt(text.length() - 1);
        boolean named = text.endsWith("NaN") || text.endsWith("Infinity");
        if (!named && (last != '.' && (last < '0' || last > '9') || text.indexOf('x') >= 0 || text.indexOf('X') >= 0)) {
            return null;
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void json(InputStream in) {
        String wrong = "one JSON object, its names unique, in UTF-8";
        try (MappingIterator<Map<String, Object>> objects = JSON.readerForMapOf(Object.class)
                .without(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                .readValues(in)) {
            while (hasNext(objects, wrong)) {
                int line = objects.getCurrentLocation().getLineNr();
                Map<String, Object> row = next(objects, wrong);
                if (row == null) {
                    throw wrong(line, "must be " + wrong);
                }
                row.keySet().removeIf(field -> !taken(field));
                row.replaceAll((field, value) -> typed(field, value, line));
                sample.add(row);
            }
        } catch (IOException e) {
            throw new ReferenceException(name + " cannot be read", e);
        }
    }

    private Object typed(String field, Object value, int line) {
        FieldKind kind = declared.get(field);
        if (value != null && kind == FieldKind.NUMBER && !(value instanceof Number)) {
            throw wrong(line, "field " + field + " must be a number");
        }
        if (value != null && kind == FieldKind.BOOLEAN && !(value instanceof Boolean)) {
            throw wrong(line, "field " + field + " must be true or false");
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return FieldValue.UNREADABLE;
        }
        if (value instanceof String text) {
            return kind == FieldKind.LENGTH ? FieldValue.Traits.of(text) : FieldValue.bounded(text);
        }
        return value;
    }

    /** What is not compared need not be kept either. */
    private boolean taken(String field) {
        return !field.equals(schema.key()) && (open || declared.containsKey(field));
    }

    private boolean hasNext(MappingIterator<?> values, String requirement) throws IOException {
        try {
            return values.hasNextValue();
        } catch (JsonProcessingException | CharConversionException | RuntimeJsonMappingException e) {
            throw wrong(values.getCurrentLocation().getLineNr(), "must be " + requirement);
        }
    }

    private <T> T next(MappingIterator<T> values, String requirement) throws IOException {
        try {
            return values.nextValue();
        } catch (JsonProcessingException | CharConversionException | RuntimeJsonMappingException e) {
            throw wrong(values.getCurrentLocation().getLineNr(), "must be " + requirement);
        }
    }

    private ReferenceException wrong(int line, String requirement) {
        return new ReferenceException(name + ", line " + line + ": " + requirement);
    }
}
