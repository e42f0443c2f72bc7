package io.github.camelaiflow.it.campaign;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL as it is installed here, in a folder of its own. It ends with this JVM, however that ends. */
final class PostgresProcess implements FlowStore {

    private static final String USER = "flows";
    private static final int NOBODY = 65_534;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Ends the server when the other end of its standard input closes. */
    private static final String WATCH = "exec 3<&0; \"$@\" </dev/null & p=$!; cat <&3 >/dev/null; kill -9 $p; wait $p";

    private final Path folder;
    private final int port = BrokerProcess.freePort();
    private Process process;

    /** Makes an empty one; not started yet. */
    PostgresProcess() {
        try {
            folder = Files.createTempDirectory("aiflow-postgres");
            if (isRoot()) { // PostgreSQL refuses to run as root
                Files.setAttribute(folder, "unix:uid", NOBODY);
            }
            Process made = new ProcessBuilder(command("initdb", "-D", data(), "-U", USER, "-A", "trust", "-N"))
                    .redirectErrorStream(true)
                    .redirectOutput(log())
                    .start();
            if (made.waitFor() != 0) {
                throw new IllegalStateException("initdb failed: " + Files.readString(log().toPath()));
            }
            start();
            for (Part part : Part.values()) {
                execute("CREATE SCHEMA " + schema(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's folder must be writable", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is installed, and may be run: for root, as somebody else. */
    static boolean isThere() {
        return binary("initdb").isPresent()
                && binary("postgres").isPresent()
                && (!isRoot() || binary("setpriv").isPresent());
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Optional<String> binary(String name) {
        return Stream.concat(
                        Stream.of(System.getProperty("campaign.postgres", "")),
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static List<String> command(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            String id = String.valueOf(NOBODY);
            command.addAll(List.of(binary("setpriv").orElseThrow(), "--reuid", id, "--regid", id, "--clear-groups"));
        }
        command.add(binary(name).orElseThrow());
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public FlowStore start() {
        if (process != null && process.isAlive()) {
            return this;
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        launch();
        while (true) {
            try {
                DriverManager.getConnection(url(), USER, null).close();
                return this;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("PostgreSQL does not answer", e);
                }
                if (!process.isAlive()) {
                    launch(); // those that the killed one had started were still there
                }
                Child.pause(50);
            }
        }
    }

    private void launch() {
        List<String> all = new ArrayList<>(List.of("sh", "-c", WATCH, "sh"));
        all.addAll(command(
                "postgres",
                "-D",
                data(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        try {
            process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started", e);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private File log() {
        return folder.resolve("log").toFile();
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private static String schema(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), USER, null);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public String section(Part part) {
        return "{url: \"%s?currentSchema=%s\", username: %s, password: none}".formatted(url(), schema(part), USER);
    }

    @Override
    public Connection connect(Part part) throws SQLException {
        return DriverManager.getConnection(url() + "?currentSchema=" + schema(part), USER, null);
    }

    @Override
    public void kill() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL could not be killed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("PostgreSQL's folder could not be deleted", e);
                }
                Child.pause(100); // its last processes still write
            }
        }
    }
}
