package io.github.camelaiflow.model.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One JVM that tries one file. */
final class ProbeProcess {

    private static final int MAX_ANSWER = 1 << 20;
    private static final long READ_SECONDS = 10;
    /** Little is worth compiling; nothing is written to the disk, not even when it crashes. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+ErrorFileToStderr",
            "-Djava.awt.headless=true");
    /** A process that parses untrusted files gets no secrets; these are where libraries and temporary files are. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP");

    private ProbeProcess() {}

    /**
     * How it ended.
     *
     * @param answer {@code null} if it gave none
     * @param end why it gave none, as the end of a sentence
     */
    record Result(ProbeAnswer answer, String end) {}

    /** The command; empty if this JVM has no {@code java} to start or its classes can't be found. */
    static Optional<List<String>> command(String mainClass, long heapBytes) {
        Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
        Path windows = java.resolveSibling("java.exe");
        Optional<String> classPath = ProbeClassPath.find();
        if (classPath.isEmpty() || !(Files.isExecutable(java) || Files.isExecutable(windows))) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        command.add((Files.isExecutable(java) ? java : windows).toString());
        command.add("-Xmx" + (heapBytes >> 20) + "m");
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classPath.get(), mainClass));
        return Optional.of(command);
    }

    static Result run(List<String> command, byte[] header, byte[] file, Duration time)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        Process process = builder.start();
        try {
            start(new FutureTask<>(() -> write(process, header, file)));
            FutureTask<byte[]> output =
                    start(new FutureTask<>(() -> process.getInputStream().readNBytes(MAX_ANSWER)));
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result(null, "it gave no answer within " + time.toSeconds() + " s");
            }
            ProbeAnswer answer = ProbeAnswer.read(output.get(READ_SECONDS, TimeUnit.SECONDS));
            boolean answered = process.exitValue() == 0 && answer != null;
            return answered ? new Result(answer, null) : new Result(null, "exit code " + process.exitValue());
        } catch (ExecutionException | TimeoutException e) {
            return new Result(null, "its answer could not be read");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Void write(Process process, byte[] header, byte[] file) throws IOException {
        try (OutputStream to = process.getOutputStream()) {
            ProbeRequest.write(to, header, file);
        }
        return null;
    }

    /** On a thread of its own, since a process that reads and writes nothing would block ours. */
    private static <T> FutureTask<T> start(FutureTask<T> task) {
        Thread thread = new Thread(task, "aiflow-probe");
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
