package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what, by name and password; the rules are the same for all ways of proving who one is. */
@QuarkusTest
@TestProfile(BasicAuthTest.Basic.class)
class BasicAuthTest {

    private static final String PASSWORD = "correct horse battery";

    @Inject
    ProducerTemplate template;

    public static final class Basic implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String hash = BcryptUtil.bcryptHash(PASSWORD, 10);
            try {
                Path users = Files.createTempFile("users", ".properties");
                users.toFile().deleteOnExit();
                Files.write(
                        users,
                        List.of(
                                "scorer = " + hash + ", scorer",
                                "feedback = " + hash + ", feedback",
                                "operator = " + hash + ", operator",
                                "steering = " + hash + ", steering"));
                return Map.of(
                        "claims.auth", "basic",
                        "claims.auth.users", users.toString(),
                        "claims.steering", "true",
                        "claims.format", "json",
                        "claims.dead", "seda:letters",
                        "claims.dead.in", "seda:letters");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static HttpResponse<String> call(String method, String path, String user, String password) {
        HttpRequest.Builder request = Http.request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("POST") ? body(path) : ""));
        if (user != null) {
            byte[] said = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(said));
        }
        return Http.send(request.build());
    }

    private static String body(String path) {
        return switch (path) {
            case "/claims" -> Claims.genuine("C-1").toString();
            case "/claims/labels" -> "[]";
            default -> "{}";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /claims, scorer",
        "GET, /v2/health/live, scorer",
        "POST, /v2/models/claims/infer, scorer",
        "POST, /claims/labels, feedback",
        "POST, /rollout/claims/labels, feedback",
        "GET, /claims/quality, operator+steering",
        "GET, /quality/claims, operator+steering",
        "GET, /drift/claims, operator+steering",
        "GET, /validation/claims, operator+steering",
        "GET, /rollout/claims, operator+steering",
        "GET, /rollout/claims/decisions, operator+steering",
        "GET, /q/metrics, operator+steering",
        "GET, /claims/dead-letters, operator+steering",
        "GET, /claims/dead-letters/x, operator+steering",
        "GET, /claims/dead-letters/x/payload, steering",
        "POST, /claims/dead-letters/x/replay, steering",
        "POST, /rollout/claims/promote, steering",
        "POST, /rollout/claims/rollback, steering",
        "POST, /rollout/claims/pause, steering",
        "POST, /rollout/claims/resume, steering",
        "POST, /claims/dead-letters/x, steering",
        "PUT, /claims/dead-letters/x/payload, steering",
        "POST, /claims/dead-letters/1/replay?actor=a, steering",
        "POST, /claims/dead-letters/1/discard, steering",
        "POST, /claims/dead-letters/replay?errorStage=x, steering",
        "POST, /claims/dead-letters/discard?errorStage=x, steering",
        "POST, /claims/dead-letters/1/settle?sent=true, steering",
        "GET, /openapi, scorer+feedback+operator+steering"
    })
    void eachPathIsForItsRoles(String method, String path, String roles) {
        assertProblem(call(method, path, null, ""), 401);
        for (String user : Roles.ALL) {
            HttpResponse<String> response = call(method, path, user, PASSWORD);
            int status = response.statusCode();
            if (List.of(roles.split("\\+")).contains(user)) {
                assertThat(status).as(user).isNotIn(401, 403);
            } else {
                assertProblem(response, 403);
            }
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Http.contentType(response)).isEqualTo("application/problem+json");
        assertThat(Http.json(response).path("status").asInt()).isEqualTo(status);
        assertThat(Http.json(response).path("title").asText()).isNotBlank();
    }

    @Test
    void aScorerGetsADecision() {
        HttpResponse<String> response = call("POST", "/claims", "scorer", PASSWORD);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.json(response).path("label").asText()).isEqualTo("genuine");
    }

    @ParameterizedTest
    @CsvSource({"scorer, wrong", "scorer, ''", "nobody, correct horse battery", "'', ''"})
    void wrongNamesAndPasswordsAreTurnedAway(String user, String password) {
        assertProblem(call("POST", "/claims", user, password), 401);
        assertThat(call("POST", "/claims", "scorer", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(call("POST", "/claims", user, password).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic c2NvcmVy", "Bearer a.b.c", "Digest x", "basic"})
    void malformedCredentialsAreTurnedAway(String header) {
        HttpResponse<String> response = Http.post(
                "/claims",
                BodyPublishers.ofString(Claims.genuine("C-1").toString()),
                "Content-Type",
                "application/json",
                "Authorization",
                header);

        assertProblem(response, 401);
    }

    @Test
    void whoSignedInIsWhoEndsADeadLetterWhateverHeSays() {
        template.sendBody("direct:claims", "{\"claim_id\": \"B-1\", \"claim_amount\": -5}");
        String letters = "/claims/dead-letters";
        await().atMost(Duration.ofMinutes(1)).until(() -> !Http.json(call("GET", letters, "steering", PASSWORD))
                .path("letters")
                .isEmpty());
        String id = Http.json(call("GET", letters, "steering", PASSWORD))
                .path("letters")
                .get(0)
                .path("id")
                .asText();

        HttpResponse<String> ended =
                call("POST", letters + "/" + id + "/discard?actor=mallory&reason=a+test", "steering", PASSWORD);

        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
        assertThat(Http.json(ended).path("actor").asText()).isEqualTo("steering");
        assertThat(call("GET", letters + "/" + id, "steering", PASSWORD).body()).doesNotContain("mallory");
    }

    @Test
    void theChallengeNamesTheWayAndOnlyThat() {
        HttpResponse<String> response = call("POST", "/claims", null, "");

        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("basic realm=\"claims\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/q/dev",
                "/q/arc",
                "/CLAIMS",
                "/claims;a=b",
                "/claims%2Flabels",
                "/claims/labels/more",
                "/rollout/claims/promote;x",
                "/rollout%2Fclaims%2Fpromote",
                "/Rollout/claims/promote",
                "/openapi/more"
            })
    void whatIsNotNamedIsDenied(String path) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            assertThat(call(method, path, null, "").statusCode()).as(method).isEqualTo(401);
            assertThat(call(method, path, "scorer", PASSWORD).statusCode())
                    .as(method)
                    .isEqualTo(403);
        }
    }

    /** The decision is made on the path that requests are dispatched by: no spelling of a path reaches what its caller may not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rollout/claims/promote",
                "/rollout/claims/promote/",
                "//rollout/claims/promote",
                "/rollout//claims///promote",
                "/claims/../rollout/claims/promote",
                "/v2/../rollout/claims/promote",
                "/v2/%2e%2e/rollout/claims/promote",
                "/v2/%2E%2E/rollout/claims/promote",
                "/./rollout/claims/promote",
                "/r%6Fllout/claims/promote",
                "/rollout/claims/promote?x=/claims",
                "/rollout/claims/promote%00",
                "/rollout/claims/promote%20",
                "/rollout/claims;x=/../claims/promote",
                "/rollout\u002fclaims/promote",
                "/rollout%5Cclaims%5Cpromote",
                "/q/health/../../rollout/claims/promote",
                "/q/health/%2e%2e/%2e%2e/rollout/claims/promote",
                "/q/health/..%2f..%2frollout/claims/promote"
            })
    void noSpellingOfAPathSteersWithoutTheRole(String path) {
        int steered =
                call("POST", "/rollout/claims/promote", "steering", PASSWORD).statusCode();
        assertThat(steered).isEqualTo(409);
        for (String user : List.of("scorer", "feedback", "operator")) {
            assertThat(call("POST", path, user, PASSWORD).statusCode()).as(user).isIn(400, 403, 404);
        }
        assertThat(call("POST", path, null, "").statusCode()).isIn(400, 401, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/claims/dead-letters/x/payload",
                "/claims/dead-letters/x/payload/",
                "/claims/dead-letters//x/payload",
                "/claims/dead-letters/x//payload",
                "/claims/dead-letters/x/pay%6Coad",
                "/claims/dead-letters/x/y/../payload",
                "/claims/dead-letters/x/%2e/payload",
                "/claims/dead-letters/x%2Fpayload",
                "/claims/dead-letters/x/payload;a=b",
                "/claims/dead-letters/x/payload?state=NEW"
            })
    void noSpellingOfAPathShowsARecordWithoutTheRole(String path) {
        template.sendBody("direct:claims", "{\"claim_id\": \"B-2\", \"claim_amount\": -77}");
        String letters = "/claims/dead-letters";
        await().atMost(Duration.ofMinutes(1)).until(() -> !Http.json(call("GET", letters, "operator", PASSWORD))
                .path("letters")
                .isEmpty());
        String id = Http.json(call("GET", letters, "operator", PASSWORD))
                .path("letters")
                .get(0)
                .path("id")
                .asText();

        String spelled = path.replace("/x", "/" + id);

        assertThat(call("GET", letters + "/" + id + "/payload", "steering", PASSWORD)
                        .body())
                .contains("claim_amount");
        assertThat(call("GET", spelled, "operator", PASSWORD)).satisfies(response -> {
            assertThat(response.statusCode()).isIn(400, 403, 404);
            assertThat(response.body()).doesNotContain("claim_amount\"");
        });
        assertThat(call("GET", spelled, null, "").statusCode()).isIn(400, 401, 404);
    }

    @Test
    void probesNeedNoCredentials() {
        assertThat(Http.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(Http.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(call("POST", "/q/health", null, "").statusCode()).isEqualTo(401);
    }
}
