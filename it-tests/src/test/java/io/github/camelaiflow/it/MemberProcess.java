package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@link ClusterMember}, and when it said that it acts. */
final class MemberProcess implements AutoCloseable {

    private final Process process;
    private final List<Long> acts = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean started;
    private volatile long lastAct = Long.MIN_VALUE;

    MemberProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterMember.class.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        reader = new Thread(this::read, "member " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("started")) {
                    started = true;
                } else if (line.startsWith("acts ")) {
                    lastAct = Long.parseLong(line.substring("acts ".length()));
                    acts.add(lastAct);
                }
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    boolean started() {
        return started;
    }

    boolean ended() {
        return !process.isAlive();
    }

    /** Whether it acted after that time. */
    boolean actedAfter(long nanos) {
        return lastAct > nanos;
    }

    /** When it acted, ns of the machine's monotonic clock; of one that ended, all it said. */
    List<Long> acts() throws InterruptedException {
        if (ended()) {
            reader.join();
        }
        return acts;
    }

    void stopInOrder() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** By SIGKILL; what it has said can still be read. */
    void kill() throws IOException, InterruptedException {
        signal("KILL");
    }

    /** STOP, CONT, … */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("no signal could be sent to " + process.pid());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
