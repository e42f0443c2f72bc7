package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.records;
import static io.github.camelaiflow.it.lint.Lab.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LINT-02, -07, -16, -17: one process with all cases is killed while it has records in hand; another goes on. */
@ExtendWith(Lab.class)
class CrashLossIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int RECORDS = 10;
    private static final Map<CrashCase, String> FLAGGED = new EnumMap<>(CrashCase.class);
    private static final Map<CrashCase, String> MENDED = new EnumMap<>(CrashCase.class);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void crash() throws Exception {
        List<String> topics = new ArrayList<>();
        for (CrashCase one : CrashCase.values()) {
            FLAGGED.put(one, Lab.topic(1));
            MENDED.put(one, Lab.topic(1));
            topics.add(FLAGGED.get(one));
            topics.add(MENDED.get(one));
        }
        topics.forEach(topic -> send(topic, 1, RECORDS));
        Process first = start(true, topics);
        try {
            MENDED.values().forEach(topic -> until(topic + " holds", () -> Files.exists(held(topic))));
            FLAGGED.values().forEach(topic -> until(topic + " holds", () -> Files.exists(held(topic))));
            FLAGGED.forEach((one, topic) ->
                    until(one + " committed", () -> one == CrashCase.EAGER || Lab.committed(topic) == RECORDS));
        } finally {
            kill(first);
        }
        Process second = start(false, topics);
        try {
            MENDED.values().forEach(topic -> until(topic + " is done", () -> Lab.committed(topic) == RECORDS));
            FLAGGED.values().forEach(topic -> until(topic + " is done", () -> Lab.committed(topic) == RECORDS));
        } finally {
            kill(second);
        }
    }

    private static void until(String what, java.util.concurrent.Callable<Boolean> reached) {
        await(what).atMost(PATIENCE).until(reached);
    }

    private static Process start(boolean holds, List<String> topics) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashApp.class.getName(),
                Lab.servers(),
                folder.toString(),
                String.valueOf(holds)));
        command.addAll(topics);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("app-" + holds + ".log").toFile())
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static Path held(String topic) {
        return folder.resolve(topic + ".held");
    }

    private static List<String> seen(String topic) throws IOException {
        Path file = folder.resolve(topic + ".seen");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @ParameterizedTest
    @EnumSource(CrashCase.class)
    void whatWasInHandIsLost(CrashCase one) throws Exception {
        assertThat(seen(FLAGGED.get(one))).isNotEmpty().hasSizeLessThan(RECORDS);
    }

    @ParameterizedTest
    @EnumSource(CrashCase.class)
    void mendedNothingIsLost(CrashCase one) throws Exception {
        assertThat(seen(MENDED.get(one))).containsAll(records(1, RECORDS));
    }

    @Test
    void theLinterTellsThemApart() {
        for (CrashCase one : CrashCase.values()) {
            for (boolean mended : new boolean[] {false, true}) {
                try (LabContext context = Lab.context(one.routes(mended, "unused", folder, exchange -> {}))) {
                    context.init();
                    assertThat(Lab.broken(context).contains(one.rule()))
                            .as(one + " mended " + mended)
                            .isEqualTo(!mended);
                }
            }
        }
    }
}
