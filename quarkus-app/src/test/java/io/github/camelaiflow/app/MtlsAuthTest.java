package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Callers prove who they are by a certificate. */
@QuarkusTest
@TestProfile(MtlsAuthTest.Mtls.class)
@QuarkusTestResource(value = MtlsAuthTest.Certificates.class, restrictToAnnotatedClass = true)
class MtlsAuthTest {

    private static final String SECRET = "changed-it";

    public static final class Mtls implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("claims.auth", "mtls", "quarkus.http.test-ssl-port", "0");
        }
    }

    /** Keys made by the JDK's keytool: a server's, and of clients that are trusted or not. */
    public static final class Certificates implements QuarkusTestResourceLifecycleManager {
        private Path folder;

        @Override
        public Map<String, String> start() {
            try {
                folder = Files.createTempDirectory("mtls");
                for (String name : new String[] {"server", "scorer", "visitor", "stranger"}) {
                    keytool(
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "SAN=dns:localhost,ip:127.0.0.1",
                            "-keystore",
                            path(name + ".p12"));
                    keytool(
                            "-exportcert",
                            "-alias",
                            name,
                            "-keystore",
                            path(name + ".p12"),
                            "-file",
                            path(name + ".crt"));
                }
                for (String trusted : new String[] {"scorer", "visitor"}) {
                    keytool(
                            "-importcert",
                            "-noprompt",
                            "-alias",
                            trusted,
                            "-keystore",
                            path("trust.p12"),
                            "-file",
                            path(trusted + ".crt"));
                }
                keytool(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "server",
                        "-keystore",
                        path("known.p12"),
                        "-file",
                        path("server.crt"));
                Files.writeString(folder.resolve("roles.properties"), "scorer=scorer\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return Map.of(
                    "quarkus.tls.key-store.p12.path", path("server.p12"),
                    "quarkus.tls.key-store.p12.password", SECRET,
                    "quarkus.tls.trust-store.p12.path", path("trust.p12"),
                    "quarkus.tls.trust-store.p12.password", SECRET,
                    "quarkus.http.auth.certificate-role-properties", path("roles.properties"),
                    "test.keys", folder.toString());
        }

        private String path(String file) {
            return folder.resolve(file).toString();
        }

        private static void keytool(String... arguments) throws IOException {
            java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
            command.addAll(java.util.List.of(arguments));
            command.addAll(java.util.List.of("-storepass", SECRET, "-storetype", "PKCS12"));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream said = process.getInputStream()) {
                String text = new String(said.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(text);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            if (folder != null) {
                try (java.util.stream.Stream<Path> files = Files.list(folder)) {
                    files.toList().forEach(file -> file.toFile().delete());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                folder.toFile().delete();
            }
        }
    }

    private static KeyStore store(String name) throws IOException, GeneralSecurityException {
        Path file = Path.of(ConfigProvider.getConfig().getValue("test.keys", String.class), name + ".p12");
        return KeyStore.getInstance(file.toFile(), SECRET.toCharArray());
    }

    /** @param client whose certificate is shown; {@code null} for none */
    private static int post(String path, String client) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("known"));
        SSLContext tls = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (client != null) {
            keys.init(store(client), SECRET.toCharArray());
        }
        tls.init(client == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Claims.genuine("C-1").toString()))
                .build();
        return HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(request, BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void aCertificatesNameHasRoles() throws Exception {
        assertThat(post("/claims", "scorer")).isEqualTo(200);
        assertThat(post("/rollout/claims/promote", "scorer")).isEqualTo(403);
        assertThat(post("/nowhere", "scorer")).isEqualTo(403);
    }

    @Test
    void aTrustedCertificateWithoutRolesMayNothing() throws Exception {
        assertThat(post("/claims", "visitor")).isEqualTo(403);
    }

    @Test
    void withoutACertificateThatIsTrustedThereIsNoConnection() {
        assertThatThrownBy(() -> post("/claims", null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post("/claims", "stranger")).isInstanceOf(IOException.class);
    }

    @Test
    void thereIsNoPortWithoutTls() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + (port == 0 ? 1 : port) + "/claims"))
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }
}
