package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With which configurations the app refuses to start. */
class AuthSettingsTest {

    private static final Map<String, String> LOOPBACK =
            Map.of("quarkus.http.host", "127.0.0.1", "quarkus.camel.jolokia.server.host", "127.0.0.1");

    private static AuthSettings settings(AuthMode mode, String... more) {
        Map<String, String> properties = new HashMap<>(LOOPBACK);
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new AuthSettings(mode, properties, true);
    }

    @Test
    void onLoopbackNobodyIsAsked() {
        assertThatCode(settings(AuthMode.NONE)::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.7", "::", "app.example", "127.0.0.1.example", ""})
    void elsewhereSomebodyMustBe(String host) {
        AuthSettings settings = settings(AuthMode.NONE, "quarkus.http.host", host);

        assertThatThrownBy(settings::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quarkus.http.host must be a loopback address while claims.auth is none")
                .hasMessageContaining("claims.auth.none-accepted=true");
    }

    @Test
    void unlessItIsAccepted() {
        assertThatCode(
                        settings(AuthMode.NONE, "quarkus.http.host", "0.0.0.0", "claims.auth.none-accepted", "true")
                                ::check)
                .doesNotThrowAnyException();
    }

    /** Where no file names it, an environment variable does not tell where a dash belongs. */
    @Test
    void whatTheEnvironmentSaysCounts() {
        AuthSettings settings = AuthSettings.read(
                new SmallRyeConfigBuilder()
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of("claims.auth", "none", "quarkus.http.host", "0.0.0.0"), "app", 250),
                                new EnvConfigSource(
                                        Map.of(
                                                "CLAIMS_AUTH_NONE_ACCEPTED", "true",
                                                "CLAIMS_JOLOKIA_REMOTE_ACCEPTED", "true",
                                                "CLAIMS_SHOW_VALUES", "true"),
                                        300))
                        .build(),
                true);

        assertThatCode(settings::check).doesNotThrowAnyException();
        assertThat(settings.showValues()).isTrue();
    }

    @Test
    void trustingAllByTheEnvironmentIsRefused() {
        AuthSettings settings = AuthSettings.read(
                new SmallRyeConfigBuilder()
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of(
                                                "claims.auth", "mtls",
                                                "quarkus.camel.jolokia.enabled", "false",
                                                "quarkus.tls.key-store.p12.path", "keys",
                                                "quarkus.tls.trust-store.p12.path", "trusted"),
                                        "app",
                                        250),
                                new EnvConfigSource(Map.of("QUARKUS_TLS_TRUST_ALL", "true"), 300))
                        .build(),
                true);

        assertThatThrownBy(settings::check).hasMessageContaining("quarkus.tls.trust-all must not be true");
    }

    @Test
    void anUnknownModeIsRefused() {
        assertThatThrownBy(() -> AuthMode.of("Basic")).hasMessage("claims.auth must be one of none, basic, oidc, mtls");
    }

    @Test
    void basicNeedsUsersAndOidcAProvider() {
        assertThatThrownBy(settings(AuthMode.BASIC)::check).hasMessageContaining("claims.auth.users must name");
        assertThatThrownBy(settings(AuthMode.OIDC)::check).hasMessageContaining("quarkus.oidc.auth-server-url must be");
        assertThatCode(settings(AuthMode.OIDC, "quarkus.oidc.auth-server-url", "https://id.example")::check)
                .doesNotThrowAnyException();
    }

    /** As in the packaged app, where Quarkus says by itself how a store would be used. */
    @Test
    void howAStoreWouldBeUsedIsNoStore() {
        String[] said = {
            "quarkus.tls.key-store.sni", "false",
            "quarkus.tls.trust-store.certificate-expiration-policy", "WARN",
            "quarkus.http.ssl.certificate.key-store-password", "password",
            "quarkus.http.auth.certificate-role-properties", "roles.properties",
            "quarkus.http.host", "0.0.0.0"
        };

        assertThatThrownBy(settings(AuthMode.MTLS, said)::check).hasMessageContaining("quarkus.tls.key-store must be");
        assertThat(settings(AuthMode.BASIC, said).inTheClear()).isTrue();
    }

    @Test
    void mtlsNeedsKeysTrustAndRoles() {
        String[] all = {
            "quarkus.tls.key-store.p12.path", "server.p12",
            "quarkus.tls.trust-store.p12.path", "trust.p12",
            "quarkus.http.auth.certificate-role-properties", "roles.properties"
        };
        assertThatCode(settings(AuthMode.MTLS, all)::check).doesNotThrowAnyException();
        assertThatThrownBy(settings(AuthMode.MTLS)::check).hasMessageContaining("quarkus.tls.key-store must be");
        assertThatThrownBy(settings(AuthMode.MTLS, all[0], all[1])::check)
                .hasMessageContaining("quarkus.tls.trust-store must be");
        assertThatThrownBy(settings(AuthMode.MTLS, all[0], all[1], all[2], all[3])::check)
                .hasMessageContaining("certificate-role-properties must name");
    }

    @ParameterizedTest
    @CsvSource({"quarkus.tls.trust-all, true", "quarkus.http.insecure-requests, enabled"})
    void mtlsIsNotLoosened(String name, String value) {
        AuthSettings settings = settings(
                AuthMode.MTLS,
                "quarkus.tls.key-store.p12.path",
                "server.p12",
                "quarkus.tls.trust-store.p12.path",
                "trust.p12",
                "quarkus.http.auth.certificate-role-properties",
                "roles.properties",
                name,
                value);

        assertThatThrownBy(settings::check).hasMessageContaining(name);
    }

    @Test
    void trustOfAnotherTlsConfigurationDoesNotCount() {
        AuthSettings settings = settings(
                AuthMode.MTLS,
                "quarkus.http.tls-configuration-name",
                "front",
                "quarkus.tls.front.key-store.p12.path",
                "server.p12",
                "quarkus.tls.trust-store.p12.path",
                "trust.p12");

        assertThatThrownBy(settings::check).hasMessageContaining("quarkus.tls.front.trust-store must be");
    }

    @Test
    void trustOfAClientDoesNotCountForTheServer() {
        AuthSettings settings = settings(
                AuthMode.MTLS,
                "quarkus.tls.key-store.p12.path",
                "server.p12",
                "quarkus.tls.kafka.trust-store.p12.path",
                "brokers.p12");

        assertThatThrownBy(settings::check).hasMessageContaining("quarkus.tls.trust-store must be");
    }

    @Test
    void keysOfAClientDoNotHidePasswords() {
        AuthSettings settings = settings(
                AuthMode.BASIC,
                "quarkus.http.host",
                "0.0.0.0",
                "claims.auth.users",
                "users",
                "quarkus.tls.kafka.key-store.p12.path",
                "client.p12");

        assertThat(settings.inTheClear()).isTrue();
    }

    @Test
    void jolokiaStaysOnThisMachine() {
        assertThatThrownBy(settings(AuthMode.NONE, "quarkus.camel.jolokia.server.host", "0.0.0.0")::check)
                .hasMessageContaining("quarkus.camel.jolokia.server.host must be a loopback address");
        assertThatCode(settings(
                        AuthMode.NONE,
                        "quarkus.camel.jolokia.server.host",
                        "0.0.0.0",
                        "quarkus.camel.jolokia.enabled",
                        "false")::check)
                .doesNotThrowAnyException();
    }

    @Test
    void passwordsWithoutTlsAreNoticed() {
        String[] outside = {"quarkus.http.host", "0.0.0.0"};
        assertThat(settings(AuthMode.BASIC, outside).inTheClear()).isTrue();
        assertThat(settings(AuthMode.BASIC).inTheClear()).isFalse();
        assertThat(settings(AuthMode.BASIC, outside[0], outside[1], "quarkus.tls.key-store.p12.path", "s.p12")
                        .inTheClear())
                .isFalse();
    }
}
