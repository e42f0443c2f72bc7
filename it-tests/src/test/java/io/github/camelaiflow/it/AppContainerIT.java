package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The app's image as a cluster runs it: another user than root, nothing to write on but /tmp, no capability, 512 MB. */
@RequiresContainers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppContainerIT {

    private static final Path MODULE = Path.of(System.getProperty("aiflow.app"))
            .toAbsolutePath()
            .normalize()
            .getParent()
            .getParent()
            .getParent();
    private static final long MEMORY = 512L * 1024 * 1024;
    private static final int GRACE_SECONDS = 90;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final DockerClient docker = DockerClientFactory.instance().client();
    private final List<Claim> claims =
            new ClaimGenerator(Plan.clean(7)).claims(50).toList();
    private final ImageFromDockerfile image = new ImageFromDockerfile("camel-aiflow-test/app", true)
            .withFileFromPath("Dockerfile", MODULE.resolve("src/main/docker/Dockerfile"))
            .withFileFromPath("target/quarkus-app", MODULE.resolve("target/quarkus-app"))
            .withBuildArg("BASE", ContainerImage.JRE.image().asCanonicalNameString());

    private GenericContainer<?> app;

    @BeforeAll
    void start() {
        app = container(Map.of());
        app.start();
    }

    @AfterAll
    void stop() {
        app.stop();
    }

    private GenericContainer<?> container(Map<String, String> environment) {
        return new GenericContainer<>(image)
                .withExposedPorts(8080)
                .withEnv(environment)
                .withEnv("CLAIMS_AUTH_NONE_ACCEPTED", "true")
                .withTmpFs(Map.of("/tmp", "rw,exec,size=128m"))
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withReadonlyRootfs(true)
                        .withMemory(MEMORY)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges")))
                .waitingFor(Wait.forHttp("/q/health/ready").withStartupTimeout(Duration.ofSeconds(120)));
    }

    private static HttpRequest.Builder request(GenericContainer<?> container, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://" + container.getHost() + ":" + container.getMappedPort(8080) + path));
    }

    private HttpResponse<String> decide(GenericContainer<?> by, Object body) throws IOException, InterruptedException {
        return client.send(
                request(by, "/claims")
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private String inside(String... command) throws IOException, InterruptedException {
        return app.execInContainer(UTF_8, command).getStdout().strip();
    }

    @Test
    void aClaimIsDecided() throws Exception {
        HttpResponse<String> response = decide(app, claims.get(0).fields());
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode decision = json.readTree(response.body());
        assertThat(decision.path("key").asText()).isEqualTo(claims.get(0).id());
        try (ClaimsOracle oracle = new ClaimsOracle()) {
            assertThat(new ClaimsOracle.Answer(
                            decision.path("label").asText(),
                            decision.path("score").asDouble()))
                    .isEqualTo(oracle.answer(claims.get(0)));
        }
    }

    @Test
    void theJvmIsProcessOneAndNotRoot() throws Exception {
        assertThat(inside("cat", "/proc/1/comm")).isEqualTo("java");
        assertThat(inside("id", "-u")).isEqualTo("10001");
        assertThat(inside("sh", "-c", "touch /app/x 2> /dev/null || echo refused"))
                .isEqualTo("refused");
        assertThat(inside("sh", "-c", "tr '\\0' '\\n' < /proc/1/cmdline")).contains("-Djdk.serialFilter=!java.net.**;");
    }

    @Test
    void theHeapGoesByTheContainersLimit() throws Exception {
        String metrics = client.send(request(app, "/q/metrics").build(), BodyHandlers.ofString())
                .body();
        double heap = metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_max_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(bytes -> bytes > 0)
                .sum();
        assertThat(heap).isBetween(0.3 * MEMORY, 0.9 * MEMORY);
    }

    @Test
    void whatItIsIsOnItsLabel() {
        assertThat(app.getContainerInfo().getConfig().getLabels())
                .containsEntry("org.opencontainers.image.title", "camel-aiflow-app")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0");
    }

    @Test
    void onSigtermReadinessGoesFirstAndEveryRequestThatIsTakenIsAnswered() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger bad = new AtomicInteger();
        List<Map<String, Object>> list = claims.stream().map(Claim::fields).toList();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (GenericContainer<?> ending = container(Map.of("QUARKUS_SHUTDOWN_DELAY", "15s"))) {
            ending.start();
            for (int i = 0; i < 4; i++) {
                callers.execute(() -> call(ending, list, answered, bad));
            }
            await("requests are answered").atMost(Duration.ofSeconds(60)).until(() -> answered.get() > 20);
            long start = System.nanoTime();
            docker.killContainerCmd(ending.getContainerId())
                    .withSignal("SIGTERM")
                    .exec();
            await("readiness goes").atMost(Duration.ofSeconds(30)).until(() -> !ready(ending));
            int before = answered.get();
            await("requests are still answered").atMost(Duration.ofSeconds(30)).until(() -> answered.get() > before);
            await("the app has ended").atMost(Duration.ofSeconds(GRACE_SECONDS)).until(() -> !state(ending)
                    .getRunning());
            callers.shutdown();
            assertThat(callers.awaitTermination(90, TimeUnit.SECONDS)).isTrue();
            System.out.printf(
                    "app container: ended %.1f s after SIGTERM, %d requests of 50 claims answered%n",
                    (System.nanoTime() - start) / 1e9, answered.get());
            assertThat(state(ending).getExitCodeLong())
                    .as("143: ended by SIGTERM")
                    .isEqualTo(143);
        } finally {
            callers.shutdownNow();
        }
        assertThat(bad).as("answers that were neither all decisions nor 503").hasValue(0);
    }

    private boolean ready(GenericContainer<?> container) throws InterruptedException {
        try {
            return client.send(request(container, "/q/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException gone) {
            return false;
        }
    }

    private InspectContainerResponse.ContainerState state(GenericContainer<?> container) {
        return docker.inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    /** Until the app takes no more: a connection that is refused or closed before an answer began says so. */
    private void call(
            GenericContainer<?> by, List<Map<String, Object>> list, AtomicInteger answered, AtomicInteger bad) {
        while (true) {
            try {
                HttpResponse<String> response = decide(by, list);
                if (response.statusCode() == 503) {
                    return;
                }
                boolean whole = response.statusCode() == 200
                        && json.readTree(response.body()).size() == list.size();
                (whole ? answered : bad).incrementAndGet();
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
