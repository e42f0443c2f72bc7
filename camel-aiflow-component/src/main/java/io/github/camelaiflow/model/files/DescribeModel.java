package io.github.camelaiflow.model.files;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the card of a model file: {@code DescribeModel FILE [RECORDS [FEATURES [LABELS]]]}. */
public final class DescribeModel {

    private static final String USAGE =
            "needed are a model file and, optional, a file of golden records (JSON lines, or '-' for none), features"
                    + " and labels, each separated by commas ('-' for none)";

    private DescribeModel() {}

    /**
     * Prints the card to standard output.
     *
     * @param arguments the model file; a file of records to ask, JSON lines; features in order; labels in order
     * @throws IOException if a file cannot be read
     * @throws ModelException if the model is refused, or cannot answer a record
     * @throws IllegalArgumentException if there are too few or too many arguments
     */
    public static void main(String[] arguments) throws IOException {
        print(System.out, arguments);
    }

    static void print(PrintStream out, String... arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 4) {
            throw new IllegalArgumentException(USAGE);
        }
        Path file = Path.of(arguments[0]);
        ModelSpec spec =
                ModelSpec.of(file.toString()).withFeatures(list(arguments, 2)).withLabels(list(arguments, 3));
        out.write(ModelCards.write(
                ModelCards.describe(file.getFileName().toString(), spec, Files.readAllBytes(file), rows(arguments))));
        out.flush();
    }

    private static List<String> list(String[] arguments, int index) {
        return given(arguments, index) ? List.of(arguments[index].split(",")) : List.of();
    }

    private static boolean given(String[] arguments, int index) {
        return arguments.length > index && !arguments[index].equals("-");
    }

    private static List<Map<String, Object>> rows(String[] arguments) throws IOException {
        if (!given(arguments, 1)) {
            return List.of();
        }
        try (MappingIterator<Map<String, Object>> rows = new JsonMapper()
                .readerFor(new TypeReference<LinkedHashMap<String, Object>>() {})
                .readValues(Files.readAllBytes(Path.of(arguments[1])))) {
            return rows.readAll();
        }
    }
}
