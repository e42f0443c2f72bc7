package io.github.camelaiflow.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads sample records from a file, row by row: CSV with a header line, or JSON objects, one a line or in one array; UTF-8.
 * One row is in memory at a time. Parser messages quote the text they fail on, so they are never passed on.
 *
 * <p>CSV has no types: {@link #types()} reads the file once to see what each column as a whole holds, {@link #read} then
 * turns cells into such values. Blank cells are missing.
 */
public final class SampleReader {

    /** Where the bytes come from; may be opened more than once. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    private static final int MAX_CELL = 1 << 20;
    private static final int MAX_COLUMNS = 10_000;
    private static final StreamReadConstraints BOUNDS =
            StreamReadConstraints.builder().maxStringLength(MAX_CELL).build();

    private static final ObjectReader CSV = CsvMapper.builder(
                    CsvFactory.builder().streamReadConstraints(BOUNDS).build())
            .enable(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
            .build()
            .readerFor(String[].class)
            .without(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    private static final ObjectReader JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(BOUNDS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerForMapOf(Object.class)
            .without(JsonParser.Feature.AUTO_CLOSE_SOURCE);

    private final String name;
    private final Content content;
    private final boolean csv;

    /**
     * @param name what it is called; must end in .csv, .jsonl, .ndjson or .json, which tells the format
     * @throws DataException if it ends otherwise
     */
    public SampleReader(String name, Content content) {
        this.name = name;
        this.content = content;
        String lower = name.toLowerCase(Locale.ROOT);
        this.csv = lower.endsWith(".csv");
        if (!csv && !(lower.endsWith(".jsonl") || lower.endsWith(".ndjson") || lower.endsWith(".json"))) {
            throw new DataException(
                    Reason.UNSUPPORTED_BODY,
                    List.of(),
                    name + ": a sample must be CSV (.csv) or JSON lines (.jsonl, .ndjson, .json) by its name");
        }
    }

    /**
     * What the columns of a CSV file hold: a column all of whose cells are numbers, or truth values, is one of these; all others
     * are texts, and so are numbers with leading zeros. Reads the whole file. Nothing for JSON, whose values have types.
     *
     * @throws DataException if the file breaks its format, with its line
     * @throws IOException if it cannot be read
     */
    public ColumnTypes types() throws IOException {
        Map<String, CellType> types = new LinkedHashMap<>();
        if (csv) {
            cells((header, cells) -> {
                for (int i = 0; i < cells.length; i++) {
                    if (!cells[i].isBlank() && types.get(header[i]) != CellType.TEXT) {
                        types.merge(header[i], CellType.of(cells[i]), CellType::with);
                    }
                }
            });
        }
        return new ColumnTypes(types);
    }

    /**
     * Hands on every record in order.
     *
     * @param types how CSV cells are read; a cell that is none of its column's type stays text. JSON does not use it
     * @throws DataException if the file breaks its format, with its line
     * @throws IOException if it cannot be read
     */
    public void read(ColumnTypes types, Consumer<Map<String, Object>> rows) throws IOException {
        if (!csv) {
            objects(rows);
            return;
        }
        cells((header, cells) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(header[i], types.of(header[i]).value(cells[i]));
            }
            rows.accept(row);
        });
    }

    private void cells(BiConsumer<String[], String[]> rows) throws IOException {
        String requirement = "must be CSV in UTF-8 with all quotes closed";
        try (InputStream in = content.open();
                MappingIterator<String[]> lines = values(CSV, in, requirement)) {
            String[] header = null;
            while (hasNext(lines, requirement)) {
                int line = lines.getCurrentLocation().getLineNr();
                String[] cells = next(lines, requirement);
                if (header == null) {
                    header = header(cells);
                } else if (cells.length != header.length) {
                    throw wrong(line, "must have " + header.length + " cells as the header has, had " + cells.length);
                } else {
                    rows.accept(header, cells);
                }
            }
        }
    }

    private String[] header(String[] cells) {
        String[] names = Arrays.stream(cells).map(String::strip).toArray(String[]::new);
        Set<String> seen = new HashSet<>();
        for (String column : names) {
            if (column.isEmpty()) {
                throw wrong(1, "every column must have a name");
            }
            if (!seen.add(column)) {
                throw wrong(1, "column names must be unique, twice stands " + column);
            }
        }
        if (names.length > MAX_COLUMNS) {
            throw wrong(1, "must have at most " + MAX_COLUMNS + " columns, had " + names.length);
        }
        return names;
    }

    private void objects(Consumer<Map<String, Object>> rows) throws IOException {
        String requirement = "must be JSON objects in UTF-8, the names in each unique";
        try (InputStream in = content.open();
                MappingIterator<Map<String, Object>> objects = values(JSON, in, requirement)) {
            while (hasNext(objects, requirement)) {
                int line = objects.getCurrentLocation().getLineNr();
                Map<String, Object> row = next(objects, requirement);
                if (row == null) {
                    throw wrong(line, requirement);
                }
                rows.accept(row);
            }
        }
    }

    /** Looks at the first bytes. */
    private <T> MappingIterator<T> values(ObjectReader reader, InputStream in, String requirement) throws IOException {
        try {
            return reader.readValues(in);
        } catch (JsonProcessingException | CharConversionException e) {
            throw wrong(1, requirement);
        }
    }

    private boolean hasNext(MappingIterator<?> values, String requirement) throws IOException {
        try {
            return values.hasNextValue();
        } catch (JsonProcessingException | CharConversionException | RuntimeJsonMappingException e) {
            throw wrong(values.getCurrentLocation().getLineNr(), requirement);
        }
    }

    private <T> T next(MappingIterator<T> values, String requirement) throws IOException {
        try {
            return values.nextValue();
        } catch (JsonProcessingException | CharConversionException | RuntimeJsonMappingException e) {
            throw wrong(values.getCurrentLocation().getLineNr(), requirement);
        }
    }

    private DataException wrong(int line, String requirement) {
        return new DataException(Reason.UNDECODABLE, List.of(), name + ", line " + line + ": " + requirement);
    }
}
