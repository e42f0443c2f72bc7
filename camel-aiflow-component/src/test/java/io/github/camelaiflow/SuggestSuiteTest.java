package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.Suite;
import io.github.camelaiflow.validation.SuiteReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestSuiteTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path sample;

    @BeforeEach
    void sample() throws IOException {
        sample = folder.resolve("parcels.csv");
        StringBuilder csv = new StringBuilder("weight,zone\n");
        for (int i = 0; i < 400; i++) {
            csv.append(i * 37 % 101).append(',').append("ABC".charAt(i % 3)).append('\n');
        }
        Files.writeString(sample, csv);
    }

    @Test
    void writesASuiteThatCanBeRead() throws IOException {
        Path suite = folder.resolve("suite.json");
        assertThat(run(sample, "-o", suite, "--batch", 100, "--alpha", 0.1)).isZero();
        Suite read = SuiteReader.read(Files.readAllBytes(suite), "suite.json");
        assertThat(read.name()).isEqualTo("parcels");
        assertThat(read.expectations()).hasSizeGreaterThan(5);
        assertThat(read.meta().get("aiflow"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("rows_read", 400)
                .containsEntry("batch_size", 100)
                .containsEntry("alpha", 0.1);
        assertThat(text(err)).contains("400 rows read, 400 used");
        assertThat(out.size()).isZero();
    }

    @Test
    void writesToStandardOutputAndTheSameForTheSameSeed() {
        assertThat(run(sample, "--name", "n")).isZero();
        String first = text(out);
        out.reset();
        run(sample, "--name", "n");
        assertThat(text(out)).isEqualTo(first).contains("\"name\" : \"n\"", "expect_column_values_to_be_in_set");
    }

    @Test
    void cellsStayTextsOnDemand() {
        run(sample);
        assertThat(text(out)).contains("[ \"int\" ]");
        out.reset();
        run(sample, "--texts");
        assertThat(text(out)).doesNotContain("[ \"int\" ]");
    }

    @Test
    void severalFilesAreOneSample() {
        assertThat(run(sample, sample)).isZero();
        assertThat(text(err)).contains("800 rows read");
    }

    @Test
    void aTinySampleGivesASuiteThatSaysWhatItTakes() throws IOException {
        Path tiny = Files.writeString(folder.resolve("tiny.jsonl"), "{\"a\":1}\n{\"a\":2}\n");
        assertThat(run(tiny)).isZero();
        assertThat(text(out)).contains("left_out", "too few rows to explore", "rows_needed");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(run(empty)).isZero();
        assertThat(text(err)).contains("0 rows read");
    }

    @Test
    void helpIsNoError() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("Usage", "--alpha", "-o FILE");
    }

    @Test
    void wrongArgumentsAreTold() {
        assertUsage("a sample must be given");
        assertUsage("option --foo is not known", sample, "--foo");
        assertUsage("--alpha must be followed by a number, was x", sample, "--alpha", "x");
        assertUsage("alpha must be above 0 and below 1, was 2.0", sample, "--alpha", "2");
        assertUsage("--batch must be followed by a value", sample, "--batch");
        assertUsage("--batch must be followed by a whole number from 1 up", sample, "--batch", "0");
    }

    private void assertUsage(String message, Object... arguments) {
        err.reset();
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(text(err)).contains(message, "--help").hasLineCount(1);
    }

    @Test
    void filesThatCannotBeReadAreToldInOneLine() throws IOException {
        assertFailure("none.csv must be there, was not found", folder.resolve("none.csv"));
        assertFailure("must be CSV (.csv) or JSON lines", folder.resolve("book.xlsx"));
        Path ragged = Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\nsecret\n");
        assertFailure("line 3: must have 2 cells as the header has, had 1", ragged);
        assertFailure("none/suite.json must be there", sample, "-o", folder.resolve("none/suite.json"));
        assertFailure("cannot read or write", Files.createDirectory(folder.resolve("d.csv")));
    }

    private void assertFailure(String message, Object... arguments) {
        err.reset();
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(text(err))
                .contains(message)
                .doesNotContain("secret", "Exception")
                .hasLineCount(1);
    }

    private int run(Object... arguments) {
        List<String> texts = Stream.of(arguments).map(String::valueOf).toList();
        return SuggestSuite.run(texts, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }
}
