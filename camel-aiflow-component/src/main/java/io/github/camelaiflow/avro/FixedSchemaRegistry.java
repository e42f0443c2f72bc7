package io.github.camelaiflow.avro;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Schemas known beforehand. */
record FixedSchemaRegistry(Map<Integer, Schema> schemas) implements SchemaRegistry {

    private static final Pattern FILE = Pattern.compile("(\\d{1,9})\\.avsc");
    private static final long MAX_FILE_BYTES = 1 << 20;

    FixedSchemaRegistry {
        schemas = Map.copyOf(schemas);
    }

    @Override
    public Optional<Schema> byId(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    static FixedSchemaRegistry read(Path directory) {
        Map<Integer, Schema> schemas = new HashMap<>();
        List<String> problems = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.avsc")) {
            for (Path file : files) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    parse(file, problems).ifPresent(schema -> schemas.put(Integer.valueOf(name.group(1)), schema));
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a directory of schemas must be readable, was " + directory, e);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("schema files must hold one Avro schema each: " + problems);
        }
        return new FixedSchemaRegistry(schemas);
    }

    private static Optional<Schema> parse(Path file, List<String> problems) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                problems.add(file.getFileName() + " is larger than " + MAX_FILE_BYTES + " bytes");
                return Optional.empty();
            }
            return Optional.of(SchemaText.parse(Files.readString(file)));
        } catch (IOException | SchemaParseException e) {
            problems.add(file.getFileName() + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
