package io.github.camelaiflow.validation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.records.SampleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Data others wrote, outside of the repository. Tests that ask for it are skipped where the property is not set. */
public final class RealFiles {

    private RealFiles() {}

    /** A file of the data. */
    public static Path file(String path) {
        String folder = System.getProperty("aiflow.data", "");
        assumeTrue(!folder.isBlank(), "the property aiflow.data is not set");
        return Path.of(folder).resolve(path);
    }

    /** The days of the retail data, in order. */
    public static List<Path> retailDays() throws IOException {
        try (Stream<Path> all = Files.list(file("retail/online-retail"))) {
            return all.sorted().toList();
        }
    }

    /** What the columns of all these files together hold. */
    public static ColumnTypes types(List<Path> files) throws IOException {
        ColumnTypes types = ColumnTypes.TEXTS;
        for (Path file : files) {
            types = types.with(reader(file).types());
        }
        return types;
    }

    /** The rows of a file. */
    public static List<Map<String, Object>> rows(Path file, ColumnTypes types) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        read(file, types, rows::add);
        return rows;
    }

    /** Hands out the rows of a file. */
    public static void read(Path file, ColumnTypes types, Consumer<Map<String, Object>> rows) throws IOException {
        reader(file).read(types, rows);
    }

    private static SampleReader reader(Path file) {
        return new SampleReader(file.toString(), () -> Files.newInputStream(file));
    }
}
