package io.github.camelaiflow.it.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/** One instance of the app: a process that can be killed and started again under the same name. */
final class App implements AutoCloseable {

    private final String name;
    private final Path folder;
    private final Map<String, String> properties;
    private Child child;
    private long readyAt;

    App(String name, Path folder, Map<String, String> properties) {
        this.name = name;
        this.folder = folder;
        this.properties = properties;
    }

    /** Starts it and returns when it says that it is ready. */
    App start() {
        return start(Map.of());
    }

    /** Starts it, with these environment variables, and returns when it says that it is ready. */
    App start(Map<String, String> environment) {
        launch(environment);
        readyAt = child.await(properties.containsKey(PackagedApp.JAR) ? PackagedApp.READY : AppMain.READY);
        return this;
    }

    private void launch(Map<String, String> environment) {
        if (properties.containsKey(PackagedApp.JAR)) {
            child = PackagedApp.start(name, folder, environment, properties);
            return;
        }
        Path file = folder.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            Properties all = new Properties();
            all.putAll(properties);
            all.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("the app's folder must be writable", e);
        }
        child = new Child(
                name,
                folder,
                List.of(),
                List.of("-Xmx256m"),
                environment,
                List.of(AppMain.class.getName(), file.toString()));
    }

    /** When it last said that it was ready. */
    long readyAt() {
        return readyAt;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** kill -9. */
    void kill() {
        child.close();
    }

    /** SIGTERM: how long its orderly end took, {@code null} if it had to be forced. */
    Duration terminate(Duration grace) {
        return child.terminate(grace);
    }

    void freeze(Duration time) {
        child.freeze(time);
    }

    /** When it first said, from that time on, that something is wrong. */
    OptionalLong noticed(long from) {
        return child.first(
                        from,
                        line -> line.text().contains(" WARN ") || line.text().contains(" ERROR "))
                .map(line -> OptionalLong.of(line.time()))
                .orElse(OptionalLong.empty());
    }

    /** What followed these words when they were last said. */
    Optional<String> lastSaid(String words) {
        return child.last(line -> line.text().startsWith(words))
                .map(line -> line.text().substring(words.length()));
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
