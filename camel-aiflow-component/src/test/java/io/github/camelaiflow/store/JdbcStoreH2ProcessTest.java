package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelaiflow.store.Store.Document;
import io.github.camelaiflow.store.Store.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file, and processes that are killed (SIGKILL) or come to it together. */
class JdbcStoreH2ProcessTest {

    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void name() {
        url = "jdbc:h2:file:" + folder.resolve("flows");
    }

    private Process writer(String name) throws IOException {
        return process(KilledWriter.class, name);
    }

    private Process process(Class<?> writer, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        writer.getName(),
                        url,
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Store store() {
        return JdbcStore.of(url, null, null, InstantSource.system());
    }

    /** Lets it write that often, kills it, and gives the ids it told before it died. */
    private static List<String> killAfter(int writings, Process writer) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader output = writer.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("ACK ") && line.endsWith(" .")) {
                    acknowledged.add(line.split(" ")[1]);
                }
                if (acknowledged.size() == writings) {
                    // The handle's, since the process' own closes the output unread
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(writings);
        return acknowledged;
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        Random random = new Random(20261122);
        List<String> ids = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            ids.addAll(killAfter(1 + random.nextInt(200), writer("writer" + round)));
            try (Store store = store()) {
                Document document = store.get("claims", "rollout").orElseThrow();
                List<Entry> log = store.log("claims", "decisions", Integer.MAX_VALUE);
                assertThat(document.revision())
                        .as("document and log are of one mind")
                        .isEqualTo(log.size());
                assertThat(log).extracting(Entry::id).containsAll(ids).first().isEqualTo(document.content());
            }
        }
    }

    @Test
    void aSecondProcessIsToldWhy() throws Exception {
        Process writer = writer("first");
        try (BufferedReader output = writer.inputReader();
                Store second = store()) {
            String line = output.readLine();
            while (line != null && !line.startsWith("ACK ")) {
                line = output.readLine();
            }
            assertThat(line).isNotNull();
            StoreException failure = catchThrowableOfType(StoreException.class, second::open);
            assertThat(failure).hasMessageContaining("another process has the file open; an H2 file serves one node");
            assertThat(failure.unreachable()).isFalse();
            writer.destroyForcibly().waitFor();
            second.open();
            assertThat(second.get("claims", "rollout")).isPresent();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void afterSigtermItIsOpenUntilTheStoreClosesIt() throws Exception {
        Process writer = process(EndingWriter.class, "ending");
        try (BufferedReader output = writer.inputReader();
                Store second = store()) {
            assertThat(output.readLine()).isEqualTo("OPEN");
            // The handle's, since the process' own closes the output unread
            writer.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("CLOSED");
            second.open();
            assertThat(writer.isAlive()).as("the first is still there").isTrue();
            assertThat(second.list("claims", "writing")).hasSize(20);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }
}
