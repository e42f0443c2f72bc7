package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The truth about claims over HTTP. */
@QuarkusTest
@TestProfile(ClaimsLabelsTest.Steering.class)
class ClaimsLabelsTest {

    public static final class Steering implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("claims.steering", "true");
        }
    }

    private static JsonNode outcomes(String labels) {
        HttpResponse<String> response = Http.postJson("/claims/labels", labels);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.contentType(response)).isEqualTo("application/json");
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("camel"));
        return Http.json(response).path("outcomes");
    }

    @Test
    void labelsAreJoinedToDecisions() {
        JsonNode decision =
                Http.json(Http.postJson("/claims", Claims.fraud("L-1").toString()));
        Http.postJson("/claims", Claims.genuine("L-2").toString());
        String id = decision.path("predictionId").asText();

        assertThat(outcomes("{\"predictionId\": \"" + id + "\", \"label\": \"fraud\"}")
                        .toString())
                .isEqualTo("[\"JOINED\"]");
        assertThat(outcomes(
                                "[{\"claim_id\": \"L-2\", \"label\": \"fraud\"}, {\"claim_id\": \"L-3\", \"label\": \"genuine\"}]")
                        .toString())
                .isEqualTo("[\"JOINED\",\"WAITING\"]");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> quality().path("outcomes").asInt() >= 2);
        assertThat(quality().path("version").asText()).isEqualTo("v1");
        assertThat(quality().path("status").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(quality().at("/versions/0/all/raw/labels").asInt()).isGreaterThanOrEqualTo(2);
    }

    private static JsonNode quality() {
        HttpResponse<String> response = Http.get("/claims/quality");
        assertThat(Http.contentType(response)).isEqualTo("application/json");
        return Http.json(response);
    }

    @Test
    void wrongLabelsAreProblems() {
        JsonNode problem = problem(Http.postJson("/claims/labels", "{\"claim_id\": \"secret\"}"), 422);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("label");
        assertThat(problem.toString()).doesNotContain("secret");
        problem(Http.postJson("/claims/labels", "{\"claim_id\""), 400);
        problem(Http.post("/claims/labels", BodyPublishers.ofString("{}"), "Content-Type", "text/plain"), 415);
    }

    private static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Http.contentType(response)).isEqualTo("application/problem+json");
        return Http.json(response);
    }
}
