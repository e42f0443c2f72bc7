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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.seda.SedaEndpoint;
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
                    "claims.dead.in", "seda:letters",
                    "claims.dead.replay", "seda:replayed");
        }
    }

    @Inject
    ProducerTemplate template;

    @Inject
    CamelContext context;

    @Test
    void aClaimIsMendedAndReplayedOnce() {
        int before = letters().size();
        template.sendBody("direct:claims", "{\"claim_id\": \"D-1\", \"claim_amount\": -5}");
        await().atMost(Duration.ofMinutes(1)).until(() -> letters().size() == before + 1);
        JsonNode letter = letters().get(before);
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

    @Test
    void ofFiftyReplaysAtOnceOneIsSent() throws Exception {
        int before = letters().size();
        template.sendBody("direct:claims", "{\"claim_id\": \"D-50\", \"claim_amount\": -50}");
        await().atMost(Duration.ofMinutes(1)).until(() -> letters().size() == before + 1);
        String id = letters().get(before).path("id").asText();
        String mended = Claims.genuine("D-50").toString();
        ExecutorService callers = Executors.newFixedThreadPool(50);
        try {
            List<Callable<Integer>> calls =
                    Collections.nCopies(50, () -> replay("/claims/dead-letters/" + id + "/replay?actor=olga", mended)
                            .statusCode());
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> call : callers.invokeAll(calls)) {
                statuses.add(call.get());
            }
            assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
        } finally {
            callers.shutdownNow();
        }
        long sent = context.getEndpoint("seda:replayed", SedaEndpoint.class).getExchanges().stream()
                .filter(exchange -> id.equals(exchange.getMessage().getHeader("aiflow-replay-of")))
                .count();
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void thoseThatMatchAreReplayedTogetherAndDiscardedTogether() {
        int before = letters().size();
        template.sendBody(
                "direct:claims", Claims.genuine("D-60").put("vehicle_value", -1).toString());
        template.sendBody(
                "direct:claims", Claims.genuine("D-61").put("vehicle_value", -1).toString());
        await().atMost(Duration.ofMinutes(1)).until(() -> letters().size() == before + 2);
        String meant = "?errorField=vehicle_value&actor=olga";
        assertThat(Http.json(Http.get("/claims/dead-letters?state=new&errorField=vehicle_value"))
                        .path("letters"))
                .hasSize(2);

        assertThat(replay("/claims/dead-letters/replay?actor=olga", "").statusCode())
                .as("which ones")
                .isEqualTo(400);
        assertThat(replay("/claims/dead-letters/replay" + meant + "&limit=1", "")
                        .body())
                .startsWith("{\"done\":1,\"refused\":0,\"next\":");
        assertThat(replay("/claims/dead-letters/discard" + meant, "").body())
                .isEqualTo("{\"done\":1,\"refused\":0,\"next\":null}");
        assertThat(letters().get(before).path("state").asText()).isEqualTo("REPLAYED");
        assertThat(letters().get(before + 1).path("state").asText()).isEqualTo("DISCARDED");
    }

    private static JsonNode letters() {
        return Http.json(Http.get("/claims/dead-letters")).path("letters");
    }

    private static HttpResponse<String> replay(String path, String body) {
        return Http.post(path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    }
}
