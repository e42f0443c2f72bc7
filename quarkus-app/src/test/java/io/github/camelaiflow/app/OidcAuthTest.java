package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Callers prove who they are by a token of an OpenID Connect provider, which this test stands in for. */
@QuarkusTest
@TestProfile(OidcAuthTest.Oidc.class)
@QuarkusTestResource(value = OidcAuthTest.Provider.class, restrictToAnnotatedClass = true)
class OidcAuthTest {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final long HOUR = 3_600;

    public static final class Oidc implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("claims.auth", "oidc", "quarkus.oidc.token.audience", "claims-app");
        }
    }

    /** Serves what a provider tells of itself, and hands its private key to the test as a property. */
    public static final class Provider implements QuarkusTestResourceLifecycleManager {
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                KeyPair pair = rsa();
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
                RSAPublicKey key = (RSAPublicKey) pair.getPublic();
                String jwks = """
                        {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k1", "n": "%s", "e": "%s"}]}
                        """.formatted(unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
                String about = """
                        {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "token_endpoint": "%1$s/token",
                         "authorization_endpoint": "%1$s/auth"}
                        """.formatted(issuer);
                server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, about));
                server.createContext("/jwks", exchange -> answer(exchange, jwks));
                server.start();
                return Map.of(
                        "quarkus.oidc.auth-server-url",
                        issuer,
                        "test.signing-key",
                        Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void answer(HttpExchange exchange, String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        @Override
        public void stop() {
            if (server != null) {
                server.stop(0);
            }
        }
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static PrivateKey providersKey() throws GeneralSecurityException {
        byte[] encoded =
                Base64.getDecoder().decode(ConfigProvider.getConfig().getValue("test.signing-key", String.class));
        return java.security.KeyFactory.getInstance("RSA")
                .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(encoded));
    }

    private static String token(PrivateKey key, String audience, long seconds, String... roles)
            throws GeneralSecurityException {
        String issuer = ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
        long now = System.currentTimeMillis() / 1000;
        String head = "{\"alg\": \"RS256\", \"typ\": \"JWT\", \"kid\": \"k1\"}";
        String claims = """
                {"iss": "%s", "aud": "%s", "sub": "caller", "iat": %d, "exp": %d, "groups": ["%s"]}
                """.formatted(issuer, audience, now - 2 * HOUR, now + seconds, String.join("\", \"", roles));
        String signed = encode(head) + "." + encode(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static int status(String path, String token) {
        return Http.post(
                        path,
                        BodyPublishers.ofString(Claims.genuine("C-1").toString()),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + token)
                .statusCode();
    }

    @Test
    void aTokensGroupsAreRoles() throws Exception {
        String scorer = token(providersKey(), "claims-app", HOUR, "scorer");

        assertThat(status("/claims", scorer)).isEqualTo(200);
        assertThat(status("/rollout/claims/promote", scorer)).isEqualTo(403);
        assertThat(status("/rollout/claims/promote", token(providersKey(), "claims-app", HOUR, "steering")))
                .isEqualTo(403)
                .as("claims.steering is off");
        assertThat(status("/nowhere", scorer)).isEqualTo(403);
    }

    @Test
    void whatIsNoTokenOfTheProviderForThisAppIsTurnedAway() throws Exception {
        String good = token(providersKey(), "claims-app", HOUR, "scorer");
        String unsigned = encode("{\"alg\": \"none\"}") + "." + good.split("\\.")[1] + ".";
        for (String token : List.of(
                token(providersKey(), "claims-app", -HOUR, "scorer"),
                token(providersKey(), "another-app", HOUR, "scorer"),
                token(rsa().getPrivate(), "claims-app", HOUR, "scorer"),
                good.substring(0, good.length() - 4) + "AAAA",
                unsigned,
                "no-token")) {
            assertThat(status("/claims", token)).isEqualTo(401);
        }
        assertThat(Http.postJson("/claims", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void passwordsAreNotTakenBeside() {
        int status = Http.post("/claims", BodyPublishers.ofString("{}"), "Authorization", "Basic c2NvcmVyOnNjb3Jlcg==")
                .statusCode();

        assertThat(status).isEqualTo(401);
    }
}
