package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged app, configured so that anybody could call, ends with a message that names the property. */
final class AppRefusalIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "quarkus.http.host=0.0.0.0, quarkus.http.host must be a loopback address while claims.auth is none",
        "claims.auth=basic, claims.auth.users must name the file of users",
        "claims.auth=oidc, quarkus.oidc.auth-server-url must be the provider's address",
        "claims.auth=mtls, quarkus.tls.key-store must be configured",
        "claims.auth=everybody, 'claims.auth must be one of none, basic, oidc, mtls'",
        "quarkus.camel.jolokia.server.host=0.0.0.0, quarkus.camel.jolokia.server.host must be a loopback address"
    })
    void itDoesNotStart(String property, String message) throws Exception {
        Path console = folder.resolve("app.log");
        Process app = start(console, property);
        try {
            assertThat(app.waitFor(5, TimeUnit.MINUTES)).as("it ends by itself").isTrue();
        } finally {
            app.destroyForcibly();
        }
        String said = Files.readString(console, UTF_8);
        assertThat(app.exitValue()).as(said).isNotZero();
        assertThat(said).contains(message).doesNotContain("Listening on:");
    }

    private Process start(Path console, String property) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Dquarkus.http.port=0",
                "-Dquarkus.camel.jolokia.server.port=0",
                "-Ddemo.enabled=false",
                "-D" + property,
                "-jar",
                new File(System.getProperty("aiflow.app")).getAbsolutePath()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
    }
}
