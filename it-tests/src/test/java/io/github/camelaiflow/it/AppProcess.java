package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged app ({@code -Daiflow.app=…/quarkus-run.jar}) as a process of its own, on ports that the system chooses. */
final class AppProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path console;
    private final Duration startTime;
    private int port;

    /**
     * Starts the app without its demo and returns when it says that it is ready.
     *
     * @param folder where its console goes
     * @param properties system properties, {@code name=value}
     */
    AppProcess(Path folder, String... properties) throws IOException {
        console = folder.resolve("app.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.camel.jolokia.server.port=0",
                "-Ddemo.enabled=false"));
        List.of(properties).forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", new File(System.getProperty("aiflow.app")).getAbsolutePath()));
        long start = System.nanoTime();
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        try {
            await("the app is ready")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("the app has ended", () -> !process.isAlive())
                    .until(this::isReady);
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("The app did not start; its console:\n" + console(), e);
        }
        startTime = Duration.ofNanos(System.nanoTime() - start);
    }

    private boolean isReady() {
        if (port == 0) {
            port = find(PORT).map(Integer::valueOf).orElse(0);
        }
        return port != 0 && get("/q/health/ready").statusCode() == 200;
    }

    /** How long it took from the start of the process until it was ready. */
    Duration startTime() {
        return startTime;
    }

    /** What the app has written to its console so far. */
    String console() {
        try {
            return Files.readString(console, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the app's console must be readable", e);
        }
    }

    /** The first group of the first match in the console. */
    Optional<String> find(Pattern pattern) {
        Matcher matcher = pattern.matcher(console());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    HttpResponse<String> post(String path, Object body) {
        try {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("the body must be plain values", e);
        }
    }

    JsonNode json(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the answer must be JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("the app must answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the app in order, and by force where that takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        }
    }
}
