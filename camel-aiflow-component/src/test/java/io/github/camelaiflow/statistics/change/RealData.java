package io.github.camelaiflow.statistics.change;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory {@code -Daiflow.data=…}; tests that need it are skipped without. */
final class RealData {

    private RealData() {}

    static Path drift(String... path) {
        String data = System.getProperty("aiflow.data", "");
        assumeTrue(!data.isBlank(), "the property aiflow.data is not set");
        return Path.of(data, "drift").resolve(String.join("/", path));
    }

    /** The lines below a header, without empty ones, in cells. */
    static List<String[]> cells(Path file, String header) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int below = 1 + lines.indexOf(header);
        return lines.subList(below, lines.size()).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(","))
                .toList();
    }
}
