package io.github.camelaiflow.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged ONNX files, a tenth of the whole number unless {@code -Daiflow.onnx.fuzz=1000} says otherwise, in a JVM of their own:
 * none ends it.
 */
class OnnxFuzzTest {

    private static final int FILES = Integer.getInteger("aiflow.onnx.fuzz", 100);

    @TempDir
    private Path folder;

    @Test
    void noDamagedFileEndsTheJvm() throws IOException, InterruptedException {
        List<String> crashes = new ArrayList<>();
        String summary = "";
        int next = 0;
        int total = OnnxFuzz.Kind.values().length * FILES;
        while (next < total) {
            List<String> lines = run(next, total);
            List<String> started =
                    lines.stream().filter(line -> line.startsWith("TRY ")).toList();
            summary = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
            if (summary.startsWith("DONE")) {
                break;
            }
            assertThat(started).as("the damaged files of the forked JVM").isNotEmpty();
            crashes.add(started.get(started.size() - 1));
            next = Integer.parseInt(started.get(started.size() - 1).split(" ")[1]) + 1;
        }
        assertThat(crashes).as("files that ended the JVM; last: %s", summary).isEmpty();
    }

    private List<String> run(int from, int to) throws IOException, InterruptedException {
        Path out = folder.resolve("out-" + from);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("crash-" + from + ".log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnnxFuzz.class.getName(),
                        String.valueOf(FILES),
                        String.valueOf(from),
                        String.valueOf(to))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        keep(folder.toFile());
        return Files.readAllLines(out);
    }

    /** For whoever looks into a crash: -Daiflow.onnx.crashes=DIR. */
    private static void keep(File folder) throws IOException {
        String kept = System.getProperty("aiflow.onnx.crashes", "");
        if (kept.isEmpty()) {
            return;
        }
        for (File file : folder.listFiles()) {
            Files.copy(
                    file.toPath(),
                    Path.of(kept).resolve(file.getName()),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
