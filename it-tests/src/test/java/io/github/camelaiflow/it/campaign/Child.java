package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A JVM of its own with this one's class path. It ends with this one, however that ends ({@link ParentWatch}). Times are
 * {@link System#nanoTime()} of this JVM.
 */
final class Child implements AutoCloseable {

    /** A line of its console, and when it was read. */
    record Line(long time, String text) {}

    private static final int LINES_KEPT = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String name;
    private final Process process;
    private final Thread killer;
    private final ConcurrentLinkedDeque<Line> lines = new ConcurrentLinkedDeque<>();

    /**
     * Starts it.
     *
     * @param folder where its console goes, to {@code NAME.log}; a log that is there is continued
     * @param before a command that runs the JVM
     * @param options of the JVM
     * @param environment what is set besides this JVM's; {@code CLASSPATH} is this one's unless it is there
     * @param main the main class and its arguments
     */
    Child(
            String name,
            Path folder,
            List<String> before,
            List<String> options,
            Map<String, String> environment,
            List<String> main) {
        this.name = name;
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dlog4j2.configurationFile=campaign-log4j2.properties"));
        command.addAll(options);
        command.addAll(main);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        Thread reader = new Thread(() -> read(folder.resolve(name + ".log")), "console of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Path log) {
        try (BufferedReader console = process.inputReader(UTF_8);
                PrintWriter copy = new PrintWriter(
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true)) {
            for (String text = console.readLine(); text != null; text = console.readLine()) {
                lines.add(new Line(System.nanoTime(), text));
                copy.println(text);
                if (lines.size() > LINES_KEPT) {
                    lines.poll();
                }
            }
        } catch (IOException e) {
            // the console of a process that was killed
        }
    }

    /** When the first line that contains this was written; waits for it. */
    long await(String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Line> line = first(0, candidate -> candidate.text().contains(text));
            if (line.isPresent()) {
                return line.get().time();
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " did not say \"" + text + "\"; its last lines:\n" + tail());
            }
            pause(10);
        }
    }

    /** The first line from that time on that is like this; lines long past are forgotten. */
    Optional<Line> first(long from, Predicate<Line> like) {
        return lines.stream()
                .filter(line -> line.time() - from >= 0 || from == 0)
                .filter(like)
                .findFirst();
    }

    /** The last line that is like this; lines long past are forgotten. */
    Optional<Line> last(Predicate<Line> like) {
        Iterable<Line> back = lines::descendingIterator;
        for (Line line : back) {
            if (like.test(line)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private String tail() {
        List<Line> all = new ArrayList<>(lines);
        StringBuilder tail = new StringBuilder();
        all.subList(Math.max(0, all.size() - 40), all.size())
                .forEach(line -> tail.append(line.text()).append('\n'));
        return tail.toString();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. Returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(30));
    }

    /** SIGTERM: how long it took to end in order; by force after {@code grace}, then {@code null}. */
    Duration terminate(Duration grace) {
        long start = System.nanoTime();
        process.toHandle().destroy(); // Process.destroy also closes its standard input, at which it halts (ParentWatch)
        if (awaitEnd(grace)) {
            return Duration.ofNanos(System.nanoTime() - start);
        }
        kill();
        return null;
    }

    /** SIGSTOP for that long, then SIGCONT, also if this JVM ends meanwhile. Returns at once. */
    void freeze(Duration time) {
        try {
            new ProcessBuilder("kill", "-STOP", pid()).start().waitFor();
            new ProcessBuilder("sh", "-c", "sleep \"$0\"; kill -CONT \"$1\"", seconds(time), pid()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("kill and sh must be there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String seconds(Duration time) {
        return String.valueOf(time.toMillis() / 1000.0);
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // this JVM ends
        }
    }
}
