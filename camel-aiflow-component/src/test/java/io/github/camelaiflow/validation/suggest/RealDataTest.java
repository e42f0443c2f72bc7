package io.github.camelaiflow.validation.suggest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.records.SampleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealDataTest {

    private Path data;

    @BeforeEach
    void needsData() {
        String folder = System.getProperty("aiflow.data", "");
        assumeTrue(!folder.isBlank(), "the property aiflow.data is not set");
        data = Path.of(folder);
    }

    @Test
    void retail() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(data.resolve("retail/online-retail"))) {
            files = all.sorted().toList();
        }
        List<Path> first = files.subList(0, 6);
        ColumnTypes types = ColumnTypes.TEXTS;
        for (Path file : first) {
            types = types.with(reader(file).types());
        }
        Sample sample = new Sample(SuggestSettings.DEFAULT.withBatchSize(1500));
        for (Path file : first) {
            reader(file).read(types, sample::add);
        }
        SuggestedSuite suite = SuiteSuggester.suggest("retail", sample);
        System.out.println(suite.toJson());
        Map<String, Integer> failed = new TreeMap<>();
        int n = 0;
        for (Path file : files) {
            List<Map<String, Object>> rows = rows(file, types);
            List<String> f = Judge.failed(suite, rows);
            System.out.println(file.getFileName() + " " + rows.size() + " " + f);
            f.forEach(type -> failed.merge(type, 1, Integer::sum));
            n += f.isEmpty() ? 0 : 1;
        }
        System.out.println(n + " " + failed);
    }

    private static List<Map<String, Object>> rows(Path file, ColumnTypes types) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        reader(file).read(types, rows::add);
        return rows;
    }

    private static SampleReader reader(Path file) {
        return new SampleReader(file.toString(), () -> Files.newInputStream(file));
    }
}
