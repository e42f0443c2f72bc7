package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.Store.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 server that is killed (SIGKILL) and started again, again and again, below a store that stays open. */
class JdbcStoreH2ServerTest {

    private static final int KILLS = 3;
    private static final int WRITINGS = 300;

    @TempDir
    private Path folder;

    private Process server;
    private String port = "0";

    @AfterEach
    void stop() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    private void startServer() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        port,
                        "-ifNotExists",
                        "-baseDir",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = server.inputReader();
        String running = output.readLine();
        assertThat(running).startsWith("TCP server running at ");
        port = running.replaceFirst(".*:(\\d+).*", "$1");
    }

    private String url() {
        return "jdbc:h2:tcp://localhost:" + port + "/./flows";
    }

    @Test
    void whatWasAcknowledgedIsThereAfterEachKill() throws Exception {
        startServer();
        surviveKills(() -> JdbcStore.of(url(), null, null, InstantSource.system()));
    }

    @Test
    void thatHoldsForConnectionsThatWereGivenToo() throws Exception {
        startServer();
        JdbcDataSource given = new JdbcDataSource();
        given.setURL(url());
        surviveKills(() -> JdbcStore.of(given, InstantSource.system()));
    }

    private void surviveKills(Supplier<Store> stores) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (Store store = stores.get()) {
            for (int kill = 0; kill < KILLS; kill++) {
                for (int i = 0; i < WRITINGS; i++) {
                    append(store, kill + "-" + i);
                    acknowledged.add(kill + "-" + i);
                }
                server.destroyForcibly().waitFor();
                startServer();
            }
            assertThat(logged(store)).containsExactlyInAnyOrderElementsOf(acknowledged);
        }
    }

    /** Until it is acknowledged: it may meet a connection that broke. */
    private static void append(Store store, String id) {
        for (int attempt = 0; ; attempt++) {
            try {
                store.append(List.of(new Entry(id, "claims", "decisions", Instant.EPOCH, "x")));
                return;
            } catch (StoreException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }

    private static List<String> logged(Store store) {
        for (int attempt = 0; ; attempt++) {
            try {
                return store.log("claims", "decisions", Integer.MAX_VALUE).stream()
                        .map(Entry::id)
                        .toList();
            } catch (StoreException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }
}
