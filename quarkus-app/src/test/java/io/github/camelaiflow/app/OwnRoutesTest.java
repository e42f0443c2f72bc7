package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OwnRoutesTest.OnDisk.class)
class OwnRoutesTest {

    private static final String ROUTE = """
            - beans:
                - name: problem
                  type: io.github.camelaiflow.wire.ProblemDocument
            - route:
                id: own
                from:
                  uri: "platform-http:/own?httpMethodRestrict=POST"
                  steps:
                    - doTry:
                        steps:
                          - to: "aiflow:infer:own"
                          - setBody: {simple: "GREETING ${header.CamelAiflowLabel}"}
                        doCatch:
                          - exception: [java.lang.Exception]
                            steps:
                              - process: {ref: problem}
            """;

    private static final String DEFINITION = """
            flow: own
            record:
              fields:
                amount: {type: number}
            models:
              rules:
                rules:
                  - {when: {amount: {atLeast: 100}}, label: LABEL, score: 1.0}
                otherwise: {label: small, score: 1.0}
            rollout: {serve: rules}
            """;

    private static Path folder;

    public static final class OnDisk implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                folder = Files.createTempDirectory("own");
                Files.createDirectories(folder.resolve("routes"));
                Files.createDirectories(folder.resolve("flows"));
                write("routes/own.yaml", ROUTE.replace("GREETING", "It is"));
                write("flows/own.yaml", DEFINITION.replace("LABEL", "large"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.of(
                    "camel.main.routes-include-pattern", "file:" + folder.resolve("routes") + "/*.yaml",
                    "camel.main.routes-reload-enabled", "true",
                    "camel.main.routes-reload-directory",
                            folder.resolve("routes").toString(),
                    "camel.main.routes-reload-pattern", "*.yaml",
                    "camel.component.aiflow.definitions", "file:" + folder.resolve("flows"),
                    "camel.component.aiflow.definitions-reload", "true",
                    "camel.component.aiflow.definitions-reload-period", "100",
                    "demo.enabled", "true");
        }
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void changedRoutesAndDefinitionsAreTakenUp() throws IOException {
        assertThat(post("{\"amount\": 500}").body()).isEqualTo("It is large");

        write("flows/own.yaml", DEFINITION.replace("LABEL", "huge"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> post("{\"amount\": 500}").body().equals("It is huge"));

        write("routes/own.yaml", ROUTE.replace("GREETING", "Now it is"));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> post("{\"amount\": 500}").body().equals("Now it is huge"));

        write("flows/own.yaml", "flow: own\nmodels: 3\n");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Http.get("/q/health/ready").body().contains("refused"));
        assertThat(post("{\"amount\": 500}").body()).isEqualTo("Now it is huge");
        assertThat(post("{\"amount\": null}").statusCode()).isEqualTo(422);
    }

    private static HttpResponse<String> post(String body) {
        return Http.postJson("/own", body);
    }
}
