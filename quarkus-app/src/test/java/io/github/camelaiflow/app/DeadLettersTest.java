package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

/** Dead letters over HTTP, and what is told of them in the metrics. */
@QuarkusTest
@TestProfile(DeadLettersTest.Steering.class)
class DeadLettersTest {

    public static final class Steering implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "claims.steering", "true",
                    "claims.format", "json",
                    "claims.out", "seda:decided",
                    "claims.dead", "seda:letters",
                    "claims.dead.in", "seda:letters");
        }
    }

    @Inject
    ProducerTemplate template;

    @Test
    void aClaimIsMendedAndReplayedOnce() {
        template.sendBody("direct:claims", "{\"claim_id\": \"D-1\", \"claim_amount\": -5}");
        await().atMost(Duration.ofMinutes(1)).until(() -> letters().size() == 1);
        JsonNode letter = letters().get(0);
        String path = "/claims/dead-letters/" + letter.path("id").asText();
        assertThat(letter.path("stage").asText()).isEqualTo("validate");

        HttpResponse<String> payload = Http.get(path + "/payload");
        assertThat(payload.body()).isEqualTo("{\"claim_id\": \"D-1\", \"claim_amount\": -5}");
        assertThat(Http.contentType(payload)).isEqualTo("application/octet-stream");
        assertThat(replay(path + "/replay", "x").statusCode()).as("who does it").isEqualTo(400);
        assertThat(replay(path + "/replay?actor=olga", "{}").statusCode()).isEqualTo(422);
        HttpResponse<String> replayed = replay(
                path + "/replay?actor=olga&reason=typing+error",
                Claims.genuine("D-1").toString());
        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        assertThat(Http.json(replayed).path("state").asText()).isEqualTo("REPLAYED");
        assertThat(Http.json(replayed).path("note").asText()).isEqualTo("mended: typing error");
        assertThat(replayed.headers().map().keySet()).noneMatch(name -> name.startsWith("camel"));

        assertThat(replay(path + "/replay?actor=olga", "").statusCode()).isEqualTo(409);
        assertThat(Http.get("/claims/dead-letters/none").statusCode()).isEqualTo(404);
        assertThat(Http.json(Http.get(path)).path("history")).hasSize(2);
        String metrics = Http.get("/q/metrics").body();
        assertThat(metrics)
                .contains("aiflow_delivery_gap{")
                .contains("aiflow_delivery_commit_age_seconds{")
                .contains("aiflow_delivery_records_total{")
                .contains("aiflow_dead_letters_oldest_age_seconds{")
                .doesNotContain("D-1");
    }

    private static JsonNode letters() {
        return Http.json(Http.get("/claims/dead-letters")).path("letters");
    }

    private static HttpResponse<String> replay(String path, String body) {
        return Http.post(path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    }
}
